import { clsx } from "clsx";

import { pagePaths } from "@/lib/contract/paths";
import type { CheckCounts } from "@/lib/contract/check-counts";
import type { Viewer } from "@/lib/contract/session";

import { AccountMenu } from "./account-menu";
import { belowWidth, fromWidth } from "./header-width";
import { FindButton } from "./find-button";
import { PageLinks, type PageLink } from "./page-links";

/** The pages that this viewer may open, and how many of Rollcall's own checks need attention (null: may not know). */
export type Navigation = { viewer: Viewer; links: readonly PageLink[]; checks: CheckCounts | null };

/** More links than this fit into one line from 1,024 px on; fewer everywhere but on a phone. */
const mostOnSmallScreens = 4;

/** One line of 48 px. Where the links do not fit, they are in the menu. */
export function SiteHeader({ viewer, links, checks }: Navigation) {
  const width = links.length > mostOnSmallScreens ? "large" : "small";
  return (
    <header className="screen-only flex h-12 items-center gap-8">
      <a href={pagePaths.fleet} className="flex h-full items-center gap-2 text-body font-semibold">
        <WordMark />
        Rollcall
      </a>
      {links.length > 0 && (
        <nav aria-label="Main" className={clsx("h-full", fromWidth[width])}>
          <PageLinks links={links} checks={checks} />
        </nav>
      )}
      <div className="ml-auto flex h-full min-w-0 gap-6">
        {viewer !== null && <FindButton links={links} viewer={viewer} />}
        <AccountMenu viewer={viewer} width={width}>
          {links.length > 0 && (
            <nav aria-label="Main" className={clsx("border-b border-line py-2", belowWidth[width])}>
              <PageLinks links={links} checks={checks} isStacked />
            </nav>
          )}
        </AccountMenu>
      </div>
    </header>
  );
}

/** A roll call of four: three have answered. */
function WordMark() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className="size-[0.9em] shrink-0">
      <path fill="currentColor" d="M0 0h7v7h-7zM9 0h7v7h-7zM0 9h7v7h-7z" />
      <path fill="none" stroke="currentColor" strokeWidth="1.4" d="M9.7 9.7h5.6v5.6h-5.6z" />
    </svg>
  );
}

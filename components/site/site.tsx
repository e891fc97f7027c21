import { clsx } from "clsx";
import type { ReactNode } from "react";

import { pagePaths } from "@/lib/contract/paths";

import { PrintNote } from "./print-note";
import { ThemeControl } from "./theme-control";

/** The pages that this viewer may open, and the account that is signed in, if any. */
export type Navigation = {
  links: readonly { href: string; word: string; isCurrent: boolean }[];
  account: string | null;
};

export const noNavigation: Navigation = { links: [], account: null };

const content = "content";

/** The frame of every page except the wall. */
export function Site({ navigation, children }: { navigation: Navigation; children: ReactNode }) {
  return (
    <div className="mx-auto max-w-[104rem] px-5 pb-16 sm:px-10">
      <a href={`#${content}`} className="skip-link">
        Skip to the content
      </a>
      <SiteHeader {...navigation} />
      <PrintNote />
      <div id={content} tabIndex={-1} className="outline-none">
        {children}
      </div>
    </div>
  );
}

/** One line; on a phone the links have a second one. */
function SiteHeader({ links, account }: Navigation) {
  return (
    <header className="screen-only flex flex-wrap items-baseline gap-x-8 gap-y-1 py-4">
      <a href={pagePaths.fleet} className="py-1 text-body font-semibold hover:underline">
        Rollcall
      </a>
      {links.length > 0 && (
        <nav aria-label="Main" className="max-sm:order-last max-sm:w-full">
          <ul className="flex gap-x-5 overflow-x-auto text-caption">
            {links.map(({ href, word, isCurrent }) => (
              <li key={href}>
                <a
                  href={href}
                  aria-current={isCurrent ? "page" : undefined}
                  className={clsx(
                    "block py-1 underline-offset-8 hover:text-ink",
                    isCurrent ? "text-ink underline decoration-ink" : "text-quiet",
                  )}
                >
                  {word}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <div className="ml-auto flex min-w-0 items-baseline gap-6">
        {account !== null && (
          <a
            href={pagePaths.account}
            className="min-w-0 truncate py-1 text-caption text-quiet underline-offset-4 hover:text-ink hover:underline"
          >
            {account}
          </a>
        )}
        <ThemeControl />
      </div>
    </header>
  );
}

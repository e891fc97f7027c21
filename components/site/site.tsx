import type { ReactNode } from "react";

import { pagePaths } from "@/lib/contract/paths";

import { PrintNote } from "./print-note";
import { ThemeControl } from "./theme-control";

/** The frame of every page except the wall. */
export function Site({ currentUser, children }: { currentUser: CurrentUser | null; children: ReactNode }) {
  return (
    <div className="mx-auto max-w-[104rem] px-5 pb-16 sm:px-10">
      <SiteHeader currentUser={currentUser} />
      <PrintNote />
      {children}
    </div>
  );
}

export type CurrentUser = { account: string };

function SiteHeader({ currentUser }: { currentUser: CurrentUser | null }) {
  return (
    <header className="screen-only flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-5">
      <a href={pagePaths.fleet} className="text-body font-semibold hover:underline">
        Rollcall
      </a>
      <div className="flex min-w-0 items-baseline gap-6">
        {currentUser !== null && (
          <a
            href={pagePaths.account}
            className="min-w-0 truncate text-caption text-quiet underline-offset-4 hover:text-ink hover:underline"
          >
            {currentUser.account}
          </a>
        )}
        <ThemeControl />
      </div>
    </header>
  );
}

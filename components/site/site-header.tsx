import { pagePaths } from "@/lib/contract/paths";

import { ThemeControl } from "./theme-control";

/** Who is signed in, as people know them. */
export type CurrentUser = { account: string };

/** The line above every page. */
export function SiteHeader({ currentUser }: { currentUser: CurrentUser | null }) {
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

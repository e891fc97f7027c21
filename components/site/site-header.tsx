import { pagePaths } from "@/lib/contract/paths";

import { ThemeControl } from "./theme-control";

/** The line above every page. */
export function SiteHeader() {
  return (
    <header className="flex items-baseline justify-between gap-6 py-5">
      <a href={pagePaths.fleet} className="text-body font-semibold hover:underline">
        Rollcall
      </a>
      <ThemeControl />
    </header>
  );
}

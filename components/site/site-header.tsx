import Link from "next/link";

import { pagePaths } from "@/lib/contract/paths";

import { ThemeControl } from "./theme-control";

/** The line above every page. */
export function SiteHeader() {
  return (
    <header className="flex items-baseline justify-between gap-6 py-5">
      <Link href={pagePaths.fleet} prefetch={false} className="text-body font-semibold hover:underline">
        Rollcall
      </Link>
      <ThemeControl />
    </header>
  );
}

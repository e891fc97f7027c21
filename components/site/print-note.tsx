"use client";

import { useHydrated } from "@/lib/client/time/use-hydrated";
import { useTicking } from "@/lib/client/time/use-ticking";
import { writeInFull } from "@/lib/client/time/write-moment";
import { basePath, belowBase } from "@/lib/contract/base-path";
import { minute } from "@/lib/domain/instant";

/** On paper only: when the page was printed, and its address. */
export function PrintNote() {
  const isHydrated = useHydrated();
  const now = useTicking(
    (instant) => Math.floor(instant / minute) * minute,
    // It is not seen before printing, which updates everything.
    () => Infinity,
  );
  if (!isHydrated) return null;
  return (
    <p className="hidden py-4 text-caption text-quiet print:block">
      {`Rollcall, printed ${writeInFull(now)} from ${toAddress(location)}`}
    </p>
  );
}

/** Leaves out the token of a guest link: anyone who reads it could open the link. */
function toAddress({ origin, pathname }: Pick<Location, "origin" | "pathname">): string {
  return `${origin}${basePath}${(belowBase(pathname) ?? pathname).replace(/^\/share\/[^/]+/, "/share/…")}`;
}

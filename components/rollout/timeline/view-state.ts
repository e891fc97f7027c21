"use client";

import { useSearchParams } from "next/navigation";
import { parseAsIsoDateTime, parseAsString, useQueryStates } from "nuqs";

import type { ChartWindow } from "@/lib/domain/chart-window";
import type { Instant } from "@/lib/domain/instant";

const parsers = {
  at: parseAsIsoDateTime,
  from: parseAsIsoDateTime,
  until: parseAsIsoDateTime,
  with: parseAsString,
};

type View = { at: Instant | null; range: ChartWindow | null; other: string | null };

/**
 * The moment, range and comparison shown, all in the address so that a link shows the same, and how to change them.
 * `isMisread`: the address has an invalid moment or range, which is then ignored.
 */
export function useView() {
  const [query, setQuery] = useQueryStates(parsers);
  const raw = useSearchParams();
  const range = toRange(query.from, query.until);
  const isMisread =
    (raw.has("at") && query.at === null) || ((raw.has("from") || raw.has("until")) && range === null);
  const view: View = { at: query.at?.getTime() ?? null, range, other: query.with };
  return {
    view,
    isMisread,
    setAt: (at: Instant | null) => setQuery({ at: toDate(at) }, { history: "replace" }),
    setRange: (next: ChartWindow | null) =>
      setQuery(
        { at: null, from: toDate(next?.from ?? null), until: toDate(next?.until ?? null) },
        { history: "push" },
      ),
    setOther: (other: string | null) => setQuery({ with: other }, { history: "push" }),
  };
}

function toRange(from: Date | null, until: Date | null): ChartWindow | null {
  if (from === null || until === null || until <= from) return null;
  return { from: from.getTime(), until: until.getTime() };
}

function toDate(instant: Instant | null): Date | null {
  return instant === null ? null : new Date(Math.round(instant));
}

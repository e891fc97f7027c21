"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";

import type { ChartWindow } from "@/lib/domain/chart-window";
import type { Instant } from "@/lib/domain/instant";

/**
 * The moment, range and comparison shown. `other` is empty for no comparison, and null for the last success. `isMisread`: the address has an invalid moment or range, which is then
 * ignored.
 */
type View = { at: Instant | null; range: ChartWindow | null; other: string | null; isMisread: boolean };

/** New values of the address's parameters; null takes one out. */
type Change = Partial<Record<"at" | "from" | "until" | "with", Instant | string | null>>;

/** What is shown, all in the address so that a link shows the same, and how to change it. */
export function useView() {
  const params = useSearchParams();
  const view = useMemo(() => parseView(params), [params]);
  return {
    view,
    setAt: (at: Instant | null) => history.replaceState(null, "", toAddress({ at })),
    setRange: (range: ChartWindow | null) => {
      const { from, until } = range ?? { from: null, until: null };
      history.pushState(null, "", toAddress({ at: null, from, until }));
    },
    setOther: (other: string) => history.pushState(null, "", toAddress({ with: other })),
  };
}

/** Read from `location`, which is newer than the rendered parameters. */
function toAddress(change: Change): string {
  return `${location.pathname}${changeQuery(location.search, change)}${location.hash}`;
}

export function parseView(params: Pick<URLSearchParams, "get" | "has">): View {
  const [at, from, until] = ["at", "from", "until"].map((name) => parseInstant(params.get(name)));
  const range = from == null || until == null || until <= from ? null : { from, until };
  const isMisread =
    (params.has("at") && at === null) || ((params.has("from") || params.has("until")) && range === null);
  return { at: at ?? null, range, other: params.get("with"), isMisread };
}

/** Returns the query with the change, `?` included; empty when no parameter is left. */
export function changeQuery(search: string, change: Change): string {
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) params.delete(name);
    else params.set(name, typeof value === "number" ? new Date(Math.round(value)).toISOString() : value);
  }
  // Colons are allowed in a query, and instants stay legible.
  const query = params.toString().replaceAll("%3A", ":");
  return query === "" ? "" : `?${query}`;
}

function parseInstant(text: string | null): Instant | null {
  const instant = text === null ? NaN : Date.parse(text);
  return Number.isNaN(instant) ? null : instant;
}

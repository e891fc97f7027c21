import type { Cause } from "@/lib/domain/cause";
import type { EndpointReport } from "@/lib/domain/endpoint-report";

import { compareReport, type Comparison } from "../compare";

/** Compares each reply with the picture of the one before. */
export function follow(...polls: [at: number, reply: EndpointReport, broken?: Cause][]): Comparison[] {
  const comparisons: Comparison[] = [];
  for (const [at, reply, broken = null] of polls) {
    const former = comparisons.at(-1)?.picture ?? null;
    comparisons.push(compareReport({ former, report: reply, at, broken }));
  }
  return comparisons;
}

/** The comparison of the last of these polls. */
export function last(...polls: Parameters<typeof follow>): Comparison {
  const comparison = follow(...polls).at(-1);
  if (comparison === undefined) throw new Error("No poll was given.");
  return comparison;
}

import "server-only";

import * as z from "zod";

import { causeCodes } from "@/lib/domain/cause";
import type { StatusPage } from "@/lib/domain/incident";
import type { Instant } from "@/lib/domain/instant";

/** The name of the snapshot. No endpoint can have it. */
export const statusPageName = "(status page)";

const instant = z.number();

/** What the leader read on the status page. Our own instant travels as an age: the machines' clocks need not agree. */
const statusPageSnapshot = z.object({
  observedAgo: z.number().nullable(),
  incidents: z.array(
    z.object({
      ...{ id: z.string(), name: z.string(), status: z.string() },
      ...{ impact: z.string().nullable(), startedAt: instant.nullable(), link: z.string().nullable() },
    }),
  ),
  cause: z
    .object({
      code: z.enum(causeCodes).catch("unexpected_answer"),
      ...{ message: z.string(), since: instant, retryAt: instant.nullable() },
    })
    .nullable(),
});

export function writeStatusPageSnapshot({ observedAt, ...known }: StatusPage, now: Instant): string {
  return JSON.stringify({ ...known, observedAgo: observedAt === null ? null : now - observedAt });
}

/** Null for a text that cannot be parsed: another build may have written it. `earliest`: when it may have been published. */
export function readStatusPageSnapshot(body: string, earliest: Instant): StatusPage | null {
  try {
    const { observedAgo, ...known } = statusPageSnapshot.parse(JSON.parse(body));
    return { ...known, observedAt: observedAgo === null ? null : earliest - observedAgo };
  } catch {
    return null;
  }
}

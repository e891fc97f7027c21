import "server-only";

import type { Instant } from "@/lib/domain/instant";

/** Where the events of a fleet come from, in the order in which those of one instant are listed. */
export const eventSources = ["span", "observation", "removal"] as const;
export type EventSource = (typeof eventSources)[number];

/** The place of a recorded change among those of a fleet. `id` orders those of one source and instant. */
export type EventPlace = { at: Instant; source: EventSource; id: string };

export type EventFilter = {
  /** Changes after this place, or from this instant on. */
  after: EventPlace | { at: Instant };
  /** Changes before this instant. */
  until: Instant;
  /** Only of endpoints of these organizations; null: of all. */
  orgs: readonly string[] | null;
  endpointId: string | null;
  limit: number;
};

/** Within a source the database has ordered them already. */
export function comparePlaces(a: EventPlace, b: EventPlace): number {
  const bySource = eventSources.indexOf(a.source) - eventSources.indexOf(b.source);
  return a.at - b.at || bySource;
}

/** Whether the place to go on after is one of this source, whose further changes of the same instant are left. */
export function isWithin({ after }: EventFilter, source: EventSource): boolean {
  return "source" in after && after.source === source;
}

/** Whether all changes of this source at the instant of the place were listed before it. */
export function isPast({ after }: EventFilter, source: EventSource): boolean {
  return "source" in after && eventSources.indexOf(source) < eventSources.indexOf(after.source);
}

export function idOf({ after }: EventFilter): string {
  return "id" in after ? after.id : "";
}

/** An empty list would be a syntax error; no organization has the empty name. */
export function nonEmpty(orgs: readonly string[] | null): readonly string[] {
  return orgs === null || orgs.length === 0 ? [""] : orgs;
}

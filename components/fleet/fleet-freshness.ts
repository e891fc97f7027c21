import type { FleetView } from "@/lib/contract/endpoint-view";
import type { FreshnessView } from "@/lib/contract/freshness";

/**
 * How far the list as a whole may be trusted. Each line tells its own freshness; the page is blind only
 * when every endpoint is, for then there is one cause to tell.
 */
export function toFleetFreshness(fleet: FleetView | undefined): FreshnessView {
  const all = fleet?.endpoints.map(({ freshness }) => freshness) ?? [];
  const live: FreshnessView = { state: "live", observedAt: null, cause: null };
  const longest = all.toSorted((a, b) => (a.cause?.since ?? "").localeCompare(b.cause?.since ?? ""))[0];
  return all.every(({ state }) => state === "blind") ? (longest ?? live) : live;
}

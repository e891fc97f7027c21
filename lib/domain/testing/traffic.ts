import { minute, type Instant } from "@/lib/domain/instant";
import type { TrafficMinute } from "@/lib/domain/traffic";

/** A minute of traffic, with 1,000 requests and 2 failures unless overridden. */
export function trafficMinute(at: Instant, overrides: Partial<TrafficMinute> = {}): TrafficMinute {
  return {
    at,
    requests: 1_000,
    failures: 2,
    firstTokenP50: 280,
    firstTokenP95: 620,
    queueP50: 12,
    queueP95: 50,
    ...overrides,
  };
}

/** Minutes in a row from `from` on, made by their place in the row. */
export function trafficMinutes(
  from: Instant,
  count: number,
  make: (index: number) => Partial<TrafficMinute> = () => ({}),
): TrafficMinute[] {
  return Array.from({ length: count }, (_, index) => trafficMinute(from + index * minute, make(index)));
}

import "server-only";

import type { Instant } from "@/lib/domain/instant";
import type { Organization } from "@/lib/server/config/organization";
import type { TrafficRecording } from "@/lib/server/db/traffic";
import { organizationName } from "@/lib/server/state/endpoint-registry";
import { parseMetrics } from "@/lib/server/upstream/wire/metrics";

/**
 * What history would hold if Rollcall had polled a simulator's Metrics API: the same parsing as for a poll. Nothing if the
 * organization has none. `at` is when each minute began.
 */
export function toPastTraffic(
  past: readonly { at: Instant; text: string }[],
  [organization]: readonly Organization[],
): TrafficRecording {
  const isMeasured = organization?.metrics !== undefined;
  const minutes = (isMeasured ? past : []).flatMap(({ at, text }) =>
    [...parseMetrics(Buffer.from(text))].map(([endpointId, figures]) => ({ endpointId, at, ...figures })),
  );
  const org = organizationName(organization ?? { org: null });
  return { source: { org, answeredAt: null, minuteAt: null, endpoints: null, cause: null }, minutes };
}

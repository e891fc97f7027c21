import "server-only";

import type { Cause } from "@/lib/domain/cause";
import type { EndpointReport } from "@/lib/domain/endpoint-report";
import type { Organization } from "@/lib/server/config/organization";
import type { MetricsClient } from "@/lib/server/upstream/metrics-client";
import type { UpstreamClient, UpstreamReply } from "@/lib/server/upstream/client";
import { UpstreamFailure } from "@/lib/server/upstream/failure";

import type { Asked, LastReply, UpstreamFacts } from "./facts";

/** Enough to check the fields, and within any request budget. */
const mostEndpoints = 10;

/** Calls Cerebras once for the listing and once for each of the first 10 endpoints, and the Metrics API once. */
export async function askUpstream(
  { org, endpointIds }: Pick<Organization, "org" | "endpointIds">,
  host: string,
  client: Pick<UpstreamClient, "listEndpoints" | "readEndpoint" | "clockSkew">,
  metrics: Pick<MetricsClient, "readMinute"> | null = null,
): Promise<UpstreamFacts> {
  const listing = org === null ? null : await asked(client.listEndpoints(org));
  const listed = listing?.answer?.report.map(({ endpointId }) => endpointId) ?? [];
  const ids = [...new Set([...endpointIds, ...listed])].slice(0, mostEndpoints);
  const endpoints = [];
  const minute = metrics === null ? null : await asked(metrics.readMinute());
  for (const id of ids) endpoints.push({ id, reply: toLastReply(await asked(client.readEndpoint(id))) });
  return {
    host,
    org:
      org === null || listing === null
        ? null
        : { name: org, listing: { answer: listing.answer?.report.length ?? null, cause: listing.cause } },
    endpoints,
    ...(minute === null ? {} : { metrics: { answer: minute.answer?.size ?? null, cause: minute.cause } }),
    clockSkew: client.clockSkew(),
  };
}

/** The answer of a call, or why there is none. */
export async function asked<T>(asking: Promise<T>): Promise<Asked<T>> {
  try {
    return { answer: await asking, cause: null };
  } catch (error) {
    return { answer: null, cause: toCause(error) };
  }
}

function toCause(error: unknown): Cause {
  if (!(error instanceof UpstreamFailure)) throw error;
  return { code: error.code, message: error.message };
}

function toLastReply({ answer, cause }: Asked<UpstreamReply<EndpointReport>>): Asked<LastReply> {
  if (answer === null) return { answer, cause };
  const [newest] = answer.report.deployments.toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
  return { answer: { newest: newest?.state ?? null, unreadFields: answer.raw.unreadFields }, cause };
}

import "server-only";

import { currentRollout } from "@/lib/contract/current-rollout";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import { displayStateOf } from "@/lib/domain/display-state";
import { isBlind } from "@/lib/domain/freshness";
import { second } from "@/lib/domain/instant";
import type { Context } from "@/lib/server/context";
import { results } from "@/lib/server/metrics/create-metrics";
import { organizationName } from "@/lib/server/state/endpoint-registry";

import { encodeView } from "./endpoints";
import { toAge } from "./poll-schedule";
import { ifReadable } from "./errors";
import { toHistoryWarnings } from "./site-warnings";

/** The exposition of everything that is measured, as of now, and its media type. */
export async function readMetrics(ctx: Context): Promise<{ text: string; type: string }> {
  measureEndpoints(ctx);
  measureInstance(ctx);
  await measureNotifications(ctx);
  const { registry, measureProcess } = ctx.metrics;
  measureProcess();
  return { text: await registry.metrics(), type: registry.contentType };
}

/** The endpoints of the last scrape, with the deployment that was stalled then. */
const seen = new WeakMap<Context["metrics"], Map<string, string | null>>();

function measureEndpoints(ctx: Context): void {
  const { endpoint, rollout } = ctx.metrics;
  for (const gauge of Object.values(endpoint)) gauge.reset();
  const stalled = seen.get(ctx.metrics) ?? new Map<string, string | null>();
  seen.set(ctx.metrics, stalled);
  const now = ctx.clock();
  const gone = new Set(stalled.keys());
  for (const endpointState of ctx.endpointStore.all()) {
    const { endpointId } = endpointState;
    const { body } = encodeView(ctx, endpointState, now);
    gone.delete(endpointId);
    measureEndpoint(ctx, body);
    const age = toAge(endpointState, now, ctx.endpointStore.listingOf(endpointId));
    if (age !== null) endpoint.age.set({ endpoint: endpointId }, age / second);
    // From zero, because an increase is only seen between two samples.
    for (const result of results) rollout.completed.inc({ endpoint: endpointId, result }, 0);
    const current = currentRollout(body);
    const stall = displayStateOf(current) === "stalled" ? (current?.deploymentId ?? null) : null;
    const isNew = stall !== null && stalled.get(endpointId) !== stall && ctx.election.isLeader();
    rollout.stalls.inc({ endpoint: endpointId }, isNew ? 1 : 0);
    stalled.set(endpointId, stall);
  }
  for (const endpointId of gone) {
    stalled.delete(endpointId);
    for (const result of results) rollout.completed.remove({ endpoint: endpointId, result });
    rollout.stalls.remove({ endpoint: endpointId });
  }
}

/** What is known of a blind endpoint is not current, so it has neither counts nor state. */
function measureEndpoint({ metrics }: Context, view: EndpointView): void {
  const { info, replicas, updated, guaranteed, state, blind } = metrics.endpoint;
  const { id, org, modelArch } = view.endpoint;
  const of = { endpoint: id };
  const current = currentRollout(view);
  const isNotSeen = view.freshness.state === "blind";
  info.set(
    { ...of, organization: org ?? "", model_arch: modelArch ?? "", version: current?.version ?? "" },
    1,
  );
  blind.set(of, isNotSeen ? 1 : 0);
  if (isNotSeen || view.freshness.observedAt === null) return;
  state.set({ ...of, state: displayStateOf(current) }, 1);
  // What was not reported has no sample: it is not zero.
  if (current?.totalReplicas != null) replicas.set(of, current.totalReplicas);
  if (current?.updatedReplicas != null) updated.set(of, current.updatedReplicas);
  if (current?.guaranteedReplicas != null) guaranteed.set(of, current.guaranteedReplicas);
}

function measureInstance(ctx: Context): void {
  const { metrics, election, endpointStore, monitors, upstreamCount, settings } = ctx;
  metrics.waiting.set(ctx.waiters.count());
  metrics.leader.set(election.isLeader() ? 1 : 0);
  metrics.history.saved.set(toHistoryWarnings(ctx).length === 0 ? 1 : 0);
  metrics.upstream.budget.reset();
  for (const { organization } of monitors.all()) {
    const name = organizationName(organization);
    const used = upstreamCount.used(name) / settings.maxRequestsPerMinute;
    metrics.upstream.budget.set({ organization: name }, used);
  }
  metrics.upstream.listingBlind.reset();
  for (const { org, listing } of endpointStore.listings())
    metrics.upstream.listingBlind.set(
      { organization: org },
      listing.failures !== null && isBlind(listing.failures) ? 1 : 0,
    );
}

const attemptOutcomes = ["sent", "waiting", "failed"] as const;

/** The outbox is in the database: while that cannot be read, its gauges have no samples. */
async function measureNotifications(ctx: Context): Promise<void> {
  const { attempts, waiting, failed, oldest } = ctx.metrics.notifications;
  for (const gauge of [waiting, failed, oldest]) gauge.reset();
  const channels = ctx.settings.notifications.channels.map(({ name }) => name);
  // From zero, because an increase is only seen between two samples.
  for (const channel of channels)
    for (const outcome of attemptOutcomes) attempts.inc({ channel, outcome }, 0);
  const counts = channels.length === 0 ? [] : await ifReadable(ctx.history.deliveries.count(channels));
  if (counts === null) return;
  for (const channel of channels) {
    const of = (state: string) => counts.find((each) => each.channel === channel && each.state === state);
    const first = of("waiting");
    waiting.set({ channel }, first?.count ?? 0);
    failed.set({ channel }, of("failed")?.count ?? 0);
    oldest.set({ channel }, first === undefined ? 0 : Math.max(0, ctx.clock().at - first.oldestAt) / second);
  }
}

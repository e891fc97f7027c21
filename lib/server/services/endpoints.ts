import "server-only";

import { endpointViewSchema, type EndpointView } from "@/lib/contract/endpoint-view";
import { rawReplySchema, type RawReplyView } from "@/lib/contract/raw-reply";
import type { FieldUse } from "@/lib/domain/field-use";
import { judgeFreshness, type Freshness } from "@/lib/domain/freshness";
import type { Habit } from "@/lib/domain/past-rollout";
import type { WatchedEndpoint } from "@/lib/server/access/authorize";
import type { Moment } from "@/lib/server/clock";
import type { Context } from "@/lib/server/context";
import { whenKnown, type Soon } from "@/lib/server/soon";
import type { EndpointState } from "@/lib/server/state/endpoint-state";

import { encode, type Answer, type Encoded } from "./answer";
import { notFound } from "./errors";
import { createMemoizePerPoll } from "./memoize-per-poll";
import { toAge, toFreshInterval } from "./poll-schedule";
import { toClockWarnings, toHistoryWarnings } from "./site-warnings";
import { readProviderIncidents, withProviderIncidents } from "./provider-incidents";
import { hasTraffic } from "./has-traffic";
import { toEndpointView } from "./to-endpoint-view";

/**
 * A watched endpoint as access control sees it; null if it is not watched. Its organization is the one that its
 * replies name, or else the one whose listing names it.
 */
export function findEndpoint({ endpointStore }: Context, endpointId: string): WatchedEndpoint | null {
  const endpointState = endpointStore.get(endpointId);
  if (endpointState === undefined) return null;
  const lister = () => endpointStore.listings().find(({ listing }) => listing.listed?.ids.has(endpointId));
  return { endpointId, org: endpointState.picture?.facts.org ?? lister()?.org ?? null };
}

/** One endpoint as it is known now, from memory; only the first viewer of a moving one waits for its past. Throws not_found. */
export function readEndpoint(
  ctx: Context,
  { endpointId }: { endpointId: string },
): Soon<Answer<EndpointView>> {
  const endpointState = ctx.endpointStore.get(endpointId);
  if (endpointState === undefined) throw notFound();
  return whenKnown(ctx.habits.readFirst(endpointState), () => {
    const now = ctx.clock();
    const listing = ctx.endpointStore.listingOf(endpointId);
    return {
      ...withProviderIncidents(encodeView(ctx, endpointState, now), readProviderIncidents(ctx)),
      age: toAge(endpointState, now, listing),
      nextPollIn: ctx.schedule.nextPollIn(endpointState, now, listing),
    };
  });
}

const encodedViews = new WeakMap<
  EndpointState,
  { key: string; habit: Habit; encoded: Encoded<EndpointView> }
>();

/** The view of one endpoint, encoded once until the next poll or until its freshness or a warning changes. */
export function encodeView(ctx: Context, endpointState: EndpointState, now: Moment): Encoded<EndpointView> {
  const freshness = judge(ctx, endpointState, now);
  const warnings = [...toHistoryWarnings(ctx), ...toClockWarnings(ctx)];
  const catalog = ctx.endpointStore.catalogOf(endpointState);
  const isMeasured = hasTraffic(ctx, endpointState.endpointId);
  const key = `${isMeasured} ${catalog?.readAt ?? ""} ${freshness.state} ${freshness.basis ?? ""} ${warnings.map(({ message }) => message).join(" ")}`;
  const known = encodedViews.get(endpointState);
  const habit = ctx.habits.known(endpointState);
  if (known?.key === key && known.habit === habit) return known.encoded;
  const view = toEndpointView(endpointState, freshness, warnings, habit, { catalog, isMeasured });
  const named = {
    ...{ ...view, nextPollAt: null, freshness: { ...view.freshness, observedAt: null } },
    ...(view.versions === undefined ? {} : { versions: { ...view.versions, readAt: null } }),
  };
  const encoded = encode(endpointViewSchema, view, named);
  encodedViews.set(endpointState, { key, habit, encoded });
  return encoded;
}

/** Whether what is known of an endpoint is as fresh as it should be. False for an endpoint that is not watched. */
export function isLive(ctx: Context, endpointId: string): boolean {
  const endpointState = ctx.endpointStore.get(endpointId);
  return endpointState !== undefined && judge(ctx, endpointState, ctx.clock()).state === "live";
}

/** Uses the monotonic age, so that a clock that jumps makes nothing old or new. */
function judge({ endpointStore }: Context, endpointState: EndpointState, now: Moment): Freshness {
  const { endpointId, picture, failures, isCovered } = endpointState;
  const listing = isCovered ? endpointStore.listingOf(endpointId) : null;
  const observedAt = picture?.span.until ?? null;
  const age = toAge(endpointState, now, listing) ?? 0;
  const interval = toFreshInterval(endpointState, listing);
  const freshness = judgeFreshness({ observedAt, interval, failures, now: (observedAt ?? 0) + age });
  return isCovered ? { ...freshness, basis: "listing" } : freshness;
}

const memoizePerPoll = createMemoizePerPoll<RawReplyView>();

/** The last reply about an endpoint, verbatim, whether it could be parsed or not. Throws not_found. */
export function readRawReply(
  ctx: Context,
  { endpointId }: { endpointId: string },
): Promise<Answer<RawReplyView>> {
  return memoizePerPoll(ctx, { endpointId, name: "raw" }, (endpointState) =>
    makeRawReply(ctx, endpointState),
  );
}

async function makeRawReply(
  { history }: Context,
  { endpointId, picture, unread }: EndpointState,
): Promise<Encoded<RawReplyView>> {
  if (unread !== null) {
    const { at, body, isShortened } = unread;
    const kept = { endpointId, body, isShortened, isReadable: false, unreadFields: [] };
    return encode(rawReplySchema, { ...kept, receivedAt: at }, { ...kept, receivedAt: null });
  }
  const reply = await history.readReply(endpointId);
  const body = {
    endpointId,
    receivedAt: picture?.span.until ?? null,
    body: reply?.body ?? null,
    isShortened: reply?.isShortened ?? false,
    isReadable: true,
    unreadFields: [...(reply?.unreadFields ?? [])],
    ...(reply?.fieldUse === undefined ? {} : { fieldUse: toFieldUseView(reply.fieldUse) }),
  };
  return encode(rawReplySchema, body, { ...body, receivedAt: null });
}

function toFieldUseView({ sources, hints }: FieldUse): RawReplyView["fieldUse"] {
  return {
    sources: sources.map(({ field, spellings, isNull, ignored }) => ({
      ...{ field, isNull },
      spellings: [...spellings],
      ignored: [...ignored],
    })),
    hints: [...hints],
  };
}

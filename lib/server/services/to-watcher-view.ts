import "server-only";

import type { EndpointView, WatcherView } from "@/lib/contract/endpoint-view";
import { summarizeViews, unseenMessage } from "@/lib/contract/watcher-message";
import { earliest } from "@/lib/domain/fleet-summary";
import { isBlind } from "@/lib/domain/freshness";
import type { Context } from "@/lib/server/context";
import type { EndpointState } from "@/lib/server/state/endpoint-state";
import type { NamedListing } from "@/lib/server/state/endpoint-registry";

import { toClockTime, toClockWarnings, toHistoryWarnings } from "./site-warnings";

/** What the poller is doing for these endpoints; its message says what needs attention. */
export function toWatcherView(
  ctx: Context,
  endpointStates: readonly EndpointState[],
  endpoints: readonly EndpointView[],
  listings: readonly NamedListing[],
): WatcherView {
  const moments = [
    ...endpointStates.map(({ nextPoll }) => nextPoll),
    ...listings.map(({ listing }) => listing.nextPoll),
  ].flatMap((moment) => (moment === null ? [] : [moment.at]));
  const nextPollAt = earliest(moments);
  const state = toState(ctx, listings);
  const unseen = unseenMessage(summarizeViews(endpoints, { state }));
  const blind = listings.filter(({ listing }) => listing.failures !== null && isBlind(listing.failures));
  const [historyWarning] = toHistoryWarnings(ctx);
  const [unlisted] = listings;
  const said = [
    unseen,
    historyWarning?.message ?? null,
    ...toClockWarnings(ctx).map(({ message }) => message),
    ...blind.map((each) => toBlindness(each, listings.length)),
    state === "starting" && blind.length === 0 ? (unlisted?.listing.failures?.cause.message ?? null) : null,
  ].filter((each) => each !== null);
  const message = said.length > 0 ? said.join(" ") : null;
  return { state, message, nextPollAt };
}

function toState({ endpointStore }: Context, listings: readonly NamedListing[]): WatcherView["state"] {
  const isEvery = (isSo: (named: NamedListing) => boolean) => listings.length > 0 && listings.every(isSo);
  if (isEvery(({ listing }) => listing.failures !== null && isBlind(listing.failures))) return "blind";
  if (isEvery(({ listing }) => listing.listed === null)) return "starting";
  return endpointStore.stretchedTo() === null ? "watching" : "stretched";
}

function toBlindness({ org, listing: { failures } }: NamedListing, of: number): string {
  const list = `The list of ${of === 1 ? "" : `${org}’s `}endpoints`;
  if (failures === null) return `${list} cannot be read.`;
  return `${list} cannot be read since ${toClockTime(failures.cause.since)}: ${failures.cause.message}`;
}

import "server-only";

import type { EndpointView, WatcherView } from "@/lib/contract/endpoint-view";
import { toIso } from "@/lib/contract/instant";
import { summarizeViews, unseenMessage } from "@/lib/contract/watcher-message";
import { earliest } from "@/lib/domain/fleet-summary";
import { isBlind } from "@/lib/domain/freshness";
import { formatDuration } from "@/lib/presentation/duration";
import type { NamedListing } from "@/lib/server/state/endpoint-registry";
import type { EndpointState } from "@/lib/server/state/endpoint-state";
import { rollcall } from "@/lib/server/wiring";

import { readClockWarning } from "./clock-warning";
import { toHistoryWarning } from "./history-warning";

/** What the watcher is doing for these endpoints, and in its message what somebody should know of it. */
export function toWatcherView(
  memories: readonly EndpointState[],
  endpoints: readonly EndpointView[],
  listings: readonly NamedListing[],
): WatcherView {
  const moments = [
    ...memories.map(({ nextPoll }) => nextPoll),
    ...listings.map(({ listing }) => listing.nextPoll),
  ].flatMap((moment) => (moment === null ? [] : [moment.at]));
  const nextPollAt = earliest(moments);
  const state = toState(listings);
  const unseen = unseenMessage(summarizeViews(endpoints, { state }));
  const blind = listings.filter(({ listing }) => listing.failures !== null && isBlind(listing.failures));
  const [historyWarning] = toHistoryWarning();
  const [unlisted] = listings;
  const said = [
    unseen,
    historyWarning?.message ?? null,
    ...readClockWarning().map(({ message }) => message),
    ...blind.map((each) => toBlindness(each, listings.length)),
    state === "starting" && blind.length === 0 ? (unlisted?.listing.failures?.cause.message ?? null) : null,
  ].filter((each) => each !== null);
  const message = said.length > 0 ? said.join(" ") : state === "stretched" ? stretchedMessage() : null;
  return { state, message, nextPollAt };
}

function toState(listings: readonly NamedListing[]): WatcherView["state"] {
  const isEvery = (isSo: (named: NamedListing) => boolean) => listings.length > 0 && listings.every(isSo);
  if (isEvery(({ listing }) => listing.failures !== null && isBlind(listing.failures))) return "blind";
  if (isEvery(({ listing }) => listing.listed === null)) return "starting";
  return rollcall().endpointStore.stretchedTo() === null ? "watching" : "stretched";
}

function stretchedMessage(): string | null {
  const interval = rollcall().endpointStore.stretchedTo();
  return interval === null
    ? null
    : `Quiet endpoints are asked about every ${formatDuration(interval)}, to stay within the limit of requests.`;
}

function toBlindness({ org, listing: { failures } }: NamedListing, of: number): string {
  const list = `The list of ${of === 1 ? "" : `${org}’s `}endpoints`;
  if (failures === null) return `${list} cannot be read.`;
  return `${list} cannot be read since ${toIso(failures.cause.since).slice(11, 16)} UTC: ${failures.cause.message}`;
}

import "server-only";

import * as z from "zod";

import { causeCodes } from "@/lib/domain/cause";
import type { VersionCatalog } from "@/lib/domain/model-version";

import type { Moment } from "@/lib/server/clock";
import { catalogSnapshot } from "./catalog-snapshot";
import type { ListingState } from "@/lib/server/state/endpoint-store";
import { hintFailures, type EndpointState, type EndpointPicture } from "@/lib/server/state/endpoint-state";

/*
 * What the leader knows besides history, as it is sent to followers. Moments travel as durations relative to the
 * publication, because the machines' clocks need not agree.
 */

const instant = z.number();
const duration = z.number();

const failures = z.object({
  count: z.int(),
  cause: z.object({
    // A newer build may know other causes; the message still says what happened.
    code: z.enum(causeCodes).catch("unexpected_answer"),
    message: z.string(),
    since: instant,
    retryAt: instant.nullable(),
  }),
});

const endpointSnapshot = z.object({
  /** The organization that it belongs to. */
  organization: z.string(),
  interval: duration,
  plannedWith: duration,
  failures: failures.nullable(),
  unread: z.object({ at: instant, body: z.string(), isShortened: z.boolean() }).nullable(),
  notFoundInRow: z.int(),
  lastPollTook: duration,
  /** Former builds had no hint. */
  hint: z
    .object({
      isProven: z.boolean(),
      failure: z.object({ at: instant, reason: z.enum(hintFailures) }).nullable(),
      /** How long ago the last listing was requested that still counts, if `listed` moved since. */
      heldFor: duration.nullable(),
      isCovered: z.boolean(),
    })
    .optional(),
  nextPollIn: duration.nullable(),
  observed: z
    .object({
      ago: duration,
      until: instant,
      /** Changes when history holds more than an extended watch span. */
      mark: z.string(),
    })
    .nullable(),
});

const listingSnapshot = z.object({
  /** Former builds did not send it. */
  catalogs: z.array(catalogSnapshot).default([]).catch([]),
  stretchedTo: duration.nullable(),
  listing: z
    .object({
      listed: z
        .object({
          ...{ ids: z.array(z.string()), at: instant },
          // Former builds did not send these.
          ...{ ago: duration.default(0), lasts: duration.default(0) },
        })
        .nullable(),
      failures: failures.nullable(),
      nextPollIn: duration.nullable(),
    })
    .nullable(),
});

export type EndpointSnapshot = z.infer<typeof endpointSnapshot>;

const listingPrefix = "(listing) ";

/** No endpoint can have this name. */
export function toListingName(organization: string): string {
  return `${listingPrefix}${organization}`;
}

/** The organization of a listing's name; null for the name of an endpoint. */
export function fromListingName(name: string): string | null {
  return name.startsWith(listingPrefix) ? name.slice(listingPrefix.length) : null;
}

/** `mark` identifies the term; the change count of the state is added to it. */
export function writeEndpointSnapshot(
  endpointState: EndpointState,
  organization: string,
  mark: string,
  now: Moment,
): string {
  const { picture, observedTick, interval, plannedWith, failures: failing, unread, hint } = endpointState;
  const snapshot: EndpointSnapshot = {
    ...{ organization, interval, plannedWith, failures: failing, unread },
    notFoundInRow: endpointState.notFoundInRow,
    lastPollTook: endpointState.lastPollTook,
    hint: {
      isProven: hint.isProven,
      failure: hint.failure,
      heldFor: hint.heldUntil === null ? null : now.tick - hint.heldUntil,
      isCovered: endpointState.isCovered,
    },
    nextPollIn: toWait(endpointState.nextPoll, now),
    observed:
      picture === null || observedTick === null
        ? null
        : {
            ago: now.tick - observedTick,
            until: picture.span.until,
            mark: `${mark} ${endpointState.changeCount}`,
          },
  };
  return JSON.stringify(snapshot);
}

/** Null for a text that cannot be parsed: another build may have written it. */
export function readEndpointSnapshot(body: string): EndpointSnapshot | null {
  return parse(endpointSnapshot, body);
}

function parse<T>(schema: z.ZodType<T>, body: string): T | null {
  try {
    return schema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

/** The state of an endpoint from its snapshot, which was published between `window.earliest` and `window.latest`. */
export function toEndpointState(
  former: EndpointState,
  snapshot: EndpointSnapshot,
  picture: EndpointPicture | null,
  window: { earliest: Moment; latest: Moment },
): EndpointState {
  const { observed, nextPollIn, interval, plannedWith, failures: failing, unread, notFoundInRow } = snapshot;
  return {
    ...former,
    ...{ interval, plannedWith, failures: failing, unread, notFoundInRow },
    picture,
    isFromHistory: false,
    observedTick: observed === null ? null : window.earliest.tick - observed.ago,
    // These concern the clock of the other server.
    jumpAhead: null,
    isClockBehind: false,
    ...toHint(former, snapshot, window.earliest),
    nextPoll: toMoment(nextPollIn, window.latest),
    // A poll's result arrives here this much later than there.
    lastPollTook: snapshot.lastPollTook + (window.latest.tick - window.earliest.tick),
  };
}

export function writeListingSnapshot(
  {
    listing,
    stretchedTo,
    catalogs,
  }: { listing: ListingState | null; stretchedTo: number | null; catalogs: readonly VersionCatalog[] },
  now: Moment,
): string {
  const snapshot = {
    ...{ stretchedTo, catalogs },
    listing:
      listing === null
        ? null
        : {
            listed:
              listing.listed === null
                ? null
                : {
                    ids: [...listing.listed.ids],
                    at: listing.listed.at,
                    ago: now.tick - listing.listed.tick,
                    lasts: listing.listed.lasts,
                  },
            failures: listing.failures,
            nextPollIn: toWait(listing.nextPoll, now),
          },
  };
  return JSON.stringify(snapshot);
}

/** Null for a text that cannot be parsed. */
export function readListingSnapshot(
  body: string,
  published: { earliest: Moment; latest: Moment },
): {
  listing: ListingState | null;
  stretchedTo: number | null;
  catalogs: readonly VersionCatalog[];
} | null {
  const snapshot = parse(listingSnapshot, body);
  if (snapshot === null) return null;
  const { listing, stretchedTo, catalogs } = snapshot;
  if (listing === null) return { listing: null, stretchedTo, catalogs };
  const { listed, nextPollIn } = listing;
  return {
    ...{ stretchedTo, catalogs },
    listing: {
      listed: listed === null ? null : toListed(listed, published.earliest),
      failures: listing.failures,
      nextPoll: toMoment(nextPollIn, published.latest),
    },
  };
}

function toListed(
  { ids, at, ago, lasts }: { ids: readonly string[]; at: number; ago: number; lasts: number },
  earliest: Moment,
): NonNullable<ListingState["listed"]> {
  return { ids: new Set(ids), at, tick: earliest.tick - ago, lasts };
}

/** Only the leader judges the hint; followers show what it concluded. */
function toHint(
  former: EndpointState,
  { hint }: EndpointSnapshot,
  earliest: Moment,
): Pick<EndpointState, "hint" | "isCovered"> {
  if (hint === undefined) return { hint: former.hint, isCovered: false };
  const { isProven, failure, heldFor, isCovered } = hint;
  const heldUntil = heldFor === null ? null : earliest.tick - heldFor;
  return { hint: { ...former.hint, isProven, failure, heldUntil }, isCovered };
}

function toWait(moment: Moment | null, now: Moment): number | null {
  return moment === null ? null : moment.tick - now.tick;
}

function toMoment(wait: number | null, publishedAt: Moment): Moment | null {
  return wait === null ? null : { at: Math.round(publishedAt.at + wait), tick: publishedAt.tick + wait };
}

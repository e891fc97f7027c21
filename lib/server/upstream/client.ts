import "server-only";

import { performance } from "node:perf_hooks";

import type { EndpointReport, ListedEndpoint } from "@/lib/domain/endpoint-report";
import { findProxy, type OutboundProxy } from "@/lib/server/config/network";

import { UpstreamFailure } from "./failure";
import { createProtection } from "./protection";
import type { RawReply } from "./raw-reply";
import { createSender, type Budgets } from "./send";
import { endpointUrl, listingUrl } from "./templates";
import { parseEndpoint, parseListing, readReply } from "./wire/reply";

/** A report together with the reply that it was read from. */
export type UpstreamReply<T> = { report: T; raw: RawReply };

export type UpstreamClient = ReturnType<typeof createUpstreamClient>;

/**
 * The only door to Cerebras: it knows two addresses and the method GET. Every call either resolves
 * with a report or rejects with an UpstreamFailure in words; it never sends the key elsewhere. A name
 * that cannot stand in an address rejects with a RangeError before anything is sent.
 */
export function createUpstreamClient(settings: {
  baseUrl: URL;
  readKey: () => Promise<string>;
  userAgent: string;
  proxy?: OutboundProxy | null;
  budgets?: Budgets;
}) {
  const { baseUrl, readKey } = settings;
  const proxy = findProxy(baseUrl, settings.proxy ?? null);
  const sender = createSender(settings.userAgent, { budgets: settings.budgets, proxy });
  const protection = createProtection(() => performance.now());

  /** The key is read first: a pause that begins meanwhile still holds, and a key's absence is no answer. */
  async function get<T>(
    url: URL,
    parse: (json: unknown) => { report: T; unreadFields: string[] },
  ): Promise<UpstreamReply<T>> {
    const key = await readKey().catch(rejectKey);
    return protection.guard(async () => readReply(await sender.send(url, key), parse));
  }

  return {
    /** Status of one endpoint. */
    readEndpoint: async (endpointId: string): Promise<UpstreamReply<EndpointReport>> =>
      get(endpointUrl(baseUrl, endpointId), (json) => parseEndpoint(json, endpointId, Date.now())),
    /** Endpoints of an organization; rows that cannot be an endpoint are left out. */
    listEndpoints: async (org: string): Promise<UpstreamReply<ListedEndpoint[]>> =>
      get(listingUrl(baseUrl, org), parseListing),
    /** The key in use; rejects with words where there is none. */
    readKey,
    /** Why a call made now would be held back without being made; null when it would be made. */
    findHold: protection.findHold,
    clearHolds: protection.clearHolds,
    /** Milliseconds by which our clock was ahead of Cerebras's at its newest answer, to within a second; null before. */
    clockSkew: sender.clockSkew,
    close: sender.close,
  };
}

/** What kept the key from being read stays behind: it may quote more than people should read. */
function rejectKey(): never {
  const message = "The management key cannot be read.";
  throw new UpstreamFailure({ code: "key_rejected", message, detail: "key unreadable" });
}

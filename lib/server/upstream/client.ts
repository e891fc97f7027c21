import "server-only";

import { performance } from "node:perf_hooks";

import type { EndpointReport, ListedEndpoint } from "@/lib/domain/endpoint-report";
import type { FurtherSpellings } from "@/lib/domain/field-use";
import type { ModelVersion } from "@/lib/domain/model-version";
import { findProxy, type OutboundProxy } from "@/lib/server/config/network";

import type { UpstreamCall } from "@/lib/server/metrics/count-upstream";

import { UpstreamFailure } from "./failure";
import { createProtection } from "./protection";
import type { RawReply } from "./raw-reply";
import { createSender, type Budgets } from "./send";
import { endpointUrl, listingUrl, versionsUrl, versionUrl } from "./templates";
import { parseVersion, parseVersions } from "./wire/model-version";
import { extendSpellings } from "./wire/fields";
import { parseEndpoint, type Parsed, parseListing, readReply } from "./wire/reply";

/** A report and the raw reply that it was parsed from. */
export type UpstreamReply<T> = { report: T; raw: RawReply };

export type UpstreamClient = ReturnType<typeof createUpstreamClient>;

/**
 * The only access to Cerebras: four addresses, GET only. Every call resolves with a report or rejects with an
 * UpstreamFailure. The key is never sent elsewhere. A name that is not valid in an address rejects with a RangeError
 * before anything is sent.
 */
export function createUpstreamClient(settings: {
  baseUrl: URL;
  readKey: () => Promise<string>;
  userAgent: string;
  proxy?: OutboundProxy | null;
  budgets?: Budgets;
  /** Further names of a deployment's fields. */
  fields?: FurtherSpellings | undefined;
  /** Called after every request that was sent. */
  onCall?: ((call: UpstreamCall) => void) | undefined;
}) {
  const spellings = extendSpellings(settings.fields ?? {});
  const { baseUrl, readKey } = settings;
  const proxy = findProxy(baseUrl, settings.proxy ?? null);
  const sender = createSender(settings.userAgent, { budgets: settings.budgets, proxy });
  const protection = createProtection(() => performance.now());

  /** Reads the key before the guard, so that a pause that begins meanwhile applies, and a missing key is not counted. */
  async function get<T>(
    operation: UpstreamCall["operation"],
    url: URL,
    parse: (json: unknown) => Parsed<T>,
  ): Promise<UpstreamReply<T>> {
    const key = await readKey().catch(rejectKey);
    return protection.guard(() => time(operation, async () => readReply(await sender.send(url, key), parse)));
  }

  async function time<T>(operation: UpstreamCall["operation"], call: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const end = (outcome: string) =>
      settings.onCall?.({ operation, outcome, took: performance.now() - began });
    try {
      const answer = await call();
      end("ok");
      return answer;
    } catch (error) {
      end(error instanceof UpstreamFailure ? error.code : "internal_error");
      throw error;
    }
  }

  return {
    /** Reads the status of one endpoint. */
    readEndpoint: async (endpointId: string): Promise<UpstreamReply<EndpointReport>> =>
      get("endpoint", endpointUrl(baseUrl, endpointId), (json) =>
        parseEndpoint(json, endpointId, Date.now(), spellings),
      ),
    /** Lists the endpoints of an organization; rows without a valid id are skipped. */
    listEndpoints: async (org: string): Promise<UpstreamReply<ListedEndpoint[]>> =>
      get("listing", listingUrl(baseUrl, org), parseListing),
    /** Lists the versions of an architecture. */
    listVersions: async (org: string, modelArch: string): Promise<UpstreamReply<ModelVersion[]>> =>
      get("versions", versionsUrl(baseUrl, org, modelArch), parseVersions),
    /** Reads one version, by its number or an alias. */
    readVersion: async (
      org: string,
      modelArch: string,
      version: string,
    ): Promise<UpstreamReply<ModelVersion>> =>
      get("version", versionUrl(baseUrl, org, modelArch, version), (json) => parseVersion(json, version)),
    /** The current key; rejects if it cannot be read. */
    readKey,
    /** Why a call made now would be held back; null if it would be made. */
    findHold: protection.findHold,
    clearHolds: protection.clearHolds,
    /** Milliseconds our clock was ahead of Cerebras's at its last reply, within a second; null before that. */
    clockSkew: sender.clockSkew,
    close: sender.close,
  };
}

/** Drops the original error, which may quote file contents. */
function rejectKey(): never {
  const message = "The management key cannot be read.";
  throw new UpstreamFailure({ code: "key_rejected", message, detail: "key unreadable" });
}

import "server-only";

import type { CauseCode } from "@/lib/domain/cause";
import type { Incident } from "@/lib/domain/incident";
import { findProxy, type OutboundProxy } from "@/lib/server/config/network";

import { UpstreamFailure } from "./failure";
import { createSender, defaultBudgets, type Budgets } from "./send";
import { incidentsUrl } from "./templates";
import { parseIncidents } from "./wire/incidents";

export type StatusPageClient = ReturnType<typeof createStatusPageClient>;

/**
 * The only access to the provider's public status page: one address, GET only, without any key. Resolves with the open
 * incidents, or rejects with an UpstreamFailure.
 */
export function createStatusPageClient(settings: {
  baseUrl: URL;
  userAgent: string;
  proxy?: OutboundProxy | null;
  budgets?: Budgets;
}) {
  const { baseUrl, userAgent, budgets = defaultBudgets } = settings;
  const sender = createSender(userAgent, { budgets, proxy: findProxy(baseUrl, settings.proxy ?? null) });
  return {
    readIncidents: async (): Promise<Incident[]> => {
      try {
        return parseIncidents(await sender.send(incidentsUrl(baseUrl), null));
      } catch (error) {
        throw error instanceof UpstreamFailure ? aboutThePage(error) : error;
      }
    },
    close: sender.close,
  };
}

const sentences: Partial<Record<CauseCode, string>> = {
  unreachable: "The status page could not be reached.",
  timed_out: "The status page did not answer in time.",
  secure_connection_failed: "The secure connection to the status page failed.",
  unexpected_redirect: "The status page replied with a redirect, which Rollcall does not follow.",
  unreadable_reply: "The status page sent a reply that cannot be read.",
};

/** The same failure in words about the status page: the others speak of the API, which may well be up. */
function aboutThePage(failure: UpstreamFailure): UpstreamFailure {
  const { code, detail, status, retryAfter } = failure;
  const answered = status === null ? "failed" : `answered ${status}`;
  // The proxy's failure says itself what is wrong.
  const isAtProxy = detail.startsWith("proxy ");
  const message = isAtProxy ? failure.message : (sentences[code] ?? `The status page ${answered}.`);
  return new UpstreamFailure({ code, message, detail, retryAfter, ...(status === null ? {} : { status }) });
}

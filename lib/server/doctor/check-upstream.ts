import "server-only";

import type { Cause, CauseCode } from "@/lib/domain/cause";
import type { Check } from "@/lib/domain/check";
import { second, type Duration } from "@/lib/domain/instant";
import { formatDuration } from "@/lib/presentation/duration";

import type { Asked, UpstreamFacts } from "./facts";
import { remedyFor } from "./remedies";

/** Error replies that still show that Cerebras is up. */
const errorReplies: ReadonlySet<CauseCode> = new Set([
  "key_rejected",
  "key_lacks_access",
  "not_found",
  "no_longer_listed",
  "access_lost",
]);
const refusals: ReadonlySet<CauseCode> = new Set(["key_rejected", "key_lacks_access"]);

const mostSkew: Duration = 5 * second;

/** Whether Cerebras replies at all. */
export function checkReachable(facts: UpstreamFacts): Check {
  const name = "Cerebras";
  const { isAnswered, causes } = summarize(facts);
  const outage = causes.find(({ code }) => !errorReplies.has(code));
  if (isAnswered || (outage === undefined && causes.length > 0))
    return ok(name, `${facts.host} is reachable.`);
  if (outage === undefined) return waiting(name);
  return failing(name, `${outage.message} Asked: ${facts.host}.`, remedyFor(outage.code));
}

/** Whether Cerebras accepts the management key. */
export function checkKey(facts: UpstreamFacts): Check {
  const name = "Management key";
  const { isAnswered, causes } = summarize(facts);
  const rejection = causes.find(({ code }) => refusals.has(code));
  if (rejection !== undefined) return failing(name, rejection.message, remedyFor(rejection.code));
  if (isAnswered || causes.some(({ code }) => errorReplies.has(code)))
    return ok(name, "Cerebras accepts the key.");
  return waiting(name);
}

/** Whether the organization's endpoints can be listed. */
export function checkOrganization({ org }: UpstreamFacts): Check {
  const name = "Organization";
  if (org === null) return ok(name, "Not set; Rollcall watches the endpoints in ROLLCALL_ENDPOINTS.");
  const { answer, cause } = org.listing;
  if (cause?.code === "not_found")
    return failing(name, `Cerebras knows no organization “${org.name}”.`, remedyFor(cause.code));
  if (cause !== null) return waiting(name, `The endpoints of ${org.name} cannot be listed: ${cause.message}`);
  return answer === null ? waiting(name) : ok(name, `${org.name} has ${endpointCount(answer)}.`);
}

/** Whether every watched endpoint was read. */
export function checkEndpoints({ org, endpoints }: UpstreamFacts): Check {
  const name = "Endpoints";
  if (endpoints.length === 0) {
    if (org?.listing.answer !== 0) return waiting(name);
    const remedy = "Create a dedicated endpoint, or check that CEREBRAS_ORG is the organization that has it.";
    return { name, state: "warning", says: `${org.name} has no endpoints yet.`, remedy };
  }
  const seen = endpoints.filter(({ reply }) => reply.answer !== null && reply.cause === null);
  const [first] = endpoints.filter(({ reply }) => reply.cause !== null);
  const says = `${seen.length} of ${endpointCount(endpoints.length)} read.`;
  if (first?.reply.cause) {
    return failing(
      name,
      `${says} ${first.id}: ${first.reply.cause.message}`,
      remedyFor(first.reply.cause.code),
    );
  }
  return seen.length === endpoints.length ? ok(name, says) : waiting(name, says);
}

/** Whether this machine's clock agrees with Cerebras's. Ages mix the two clocks. */
export function checkClock({ clockSkew }: UpstreamFacts): Check {
  const name = "Clock";
  if (clockSkew === null) return waiting(name);
  const apart = Math.abs(clockSkew);
  if (apart <= mostSkew) return ok(name, "This machine’s clock is within 5 s of Cerebras’s.");
  const says = `This machine’s clock is ${formatDuration(apart)} ${clockSkew > 0 ? "ahead of" : "behind"} Cerebras’s.`;
  return failing(name, says, "Turn on time synchronization (timedatectl set-ntp true).");
}

function summarize({ org, endpoints }: UpstreamFacts): { isAnswered: boolean; causes: Cause[] } {
  const asked: Asked<unknown>[] = [
    ...(org === null ? [] : [org.listing]),
    ...endpoints.map(({ reply }) => reply),
  ];
  return {
    isAnswered: asked.some(({ answer, cause }) => answer !== null && cause === null),
    causes: asked.flatMap(({ cause }) => (cause === null ? [] : [cause])),
  };
}

function endpointCount(count: number): string {
  return `${count} ${count === 1 ? "endpoint" : "endpoints"}`;
}

function ok(name: string, says: string): Check {
  return { name, state: "ok", says, remedy: null };
}

function failing(name: string, says: string, remedy: string): Check {
  return { name, state: "failing", says, remedy };
}

function waiting(name: string, says = "This is unknown until Cerebras answers."): Check {
  return {
    name,
    state: "unknown",
    says,
    remedy: "Fix the failed checks above, or wait for the first reply.",
  };
}

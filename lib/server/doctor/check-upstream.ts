import "server-only";

import type { Cause, CauseCode } from "@/lib/domain/cause";
import type { Check } from "@/lib/domain/check";
import { second, type Duration } from "@/lib/domain/instant";
import { formatDuration } from "@/lib/presentation/duration";

import type { Asked, UpstreamFacts } from "./facts";
import { remedyFor } from "./remedies";

/** Answers that show that Cerebras is there, although they are not what was asked for. */
const answersOfSorts: ReadonlySet<CauseCode> = new Set([
  "key_rejected",
  "key_lacks_access",
  "not_found",
  "no_longer_listed",
  "access_lost",
]);
const refusals: ReadonlySet<CauseCode> = new Set(["key_rejected", "key_lacks_access"]);

const mostSkew: Duration = 5 * second;

/** Whether Cerebras answers at all. */
export function checkReachable(facts: UpstreamFacts): Check {
  const name = "Cerebras";
  const { isAnswered, causes } = summarize(facts);
  const outage = causes.find(({ code }) => !answersOfSorts.has(code));
  if (isAnswered || (outage === undefined && causes.length > 0)) return well(name, `${facts.host} answers.`);
  return outage === undefined ? waiting(name) : failing(name, outage.message, remedyFor(outage.code));
}

/** Whether the management key is taken. */
export function checkKey(facts: UpstreamFacts): Check {
  const name = "Management key";
  const { isAnswered, causes } = summarize(facts);
  const rejection = causes.find(({ code }) => refusals.has(code));
  if (rejection !== undefined) return failing(name, rejection.message, remedyFor(rejection.code));
  if (isAnswered || causes.some(({ code }) => answersOfSorts.has(code)))
    return well(name, "Cerebras accepts the key.");
  return waiting(name);
}

/** Whether the organization's list of endpoints can be read. */
export function checkOrganization({ org }: UpstreamFacts): Check {
  const name = "Organization";
  if (org === null) return well(name, "None is set; the endpoints in ROLLCALL_ENDPOINTS are watched.");
  const { answer, cause } = org.listing;
  if (cause?.code === "not_found")
    return failing(name, `Cerebras knows no organization “${org.name}”.`, remedyFor(cause.code));
  if (cause !== null)
    return waiting(name, `The list of ${org.name}’s endpoints cannot be read: ${cause.message}`);
  return answer === null
    ? waiting(name)
    : well(name, `${org.name} is found; it lists ${endpointCount(answer)}.`);
}

/** Whether every watched endpoint was answered about. */
export function checkEndpoints({ org, endpoints }: UpstreamFacts): Check {
  const name = "Endpoints";
  if (endpoints.length === 0) {
    if (org?.listing.answer !== 0) return waiting(name);
    const remedy =
      "Create a dedicated endpoint, or see whether CEREBRAS_ORG is the organization that has it.";
    return { name, state: "warning", says: `${org.name} lists no endpoint yet.`, remedy };
  }
  const seen = endpoints.filter(({ reply }) => reply.answer !== null && reply.cause === null);
  const [first] = endpoints.filter(({ reply }) => reply.cause !== null);
  const says = `${seen.length} of ${endpointCount(endpoints.length)} answered about.`;
  if (first?.reply.cause) {
    return failing(
      name,
      `${says} ${first.id}: ${first.reply.cause.message}`,
      remedyFor(first.reply.cause.code),
    );
  }
  return seen.length === endpoints.length ? well(name, says) : waiting(name, says);
}

/** Whether our clock agrees with Cerebras's: ages and times of creation are held against each other. */
export function checkClock({ clockSkew }: UpstreamFacts): Check {
  const name = "Clock";
  if (clockSkew === null) return waiting(name);
  const apart = Math.abs(clockSkew);
  if (apart <= mostSkew) return well(name, "This machine’s clock agrees with Cerebras’s to within seconds.");
  const says = `This machine’s clock is ${formatDuration(apart)} ${clockSkew > 0 ? "ahead of" : "behind"} Cerebras’s.`;
  return failing(name, says, "Let the machine keep its clock by NTP (timedatectl set-ntp true).");
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

function well(name: string, says: string): Check {
  return { name, state: "ok", says, remedy: null };
}

function failing(name: string, says: string, remedy: string): Check {
  return { name, state: "failing", says, remedy };
}

function waiting(name: string, says = "Cerebras has not answered yet, so this cannot be told."): Check {
  return {
    name,
    state: "unknown",
    says,
    remedy: "Mend what fails in the other lines, or wait for the first answer.",
  };
}

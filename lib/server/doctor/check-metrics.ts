import "server-only";

import type { CauseCode } from "@/lib/domain/cause";
import type { Check } from "@/lib/domain/check";

import type { UpstreamFacts } from "./facts";

const name = "Metrics API";

const keyRemedy =
  "Create an inference key (not a management key) under API keys on cloud.cerebras.ai, and set CEREBRAS_INFERENCE_API_KEY. A key file is read again when it changes, without a restart.";

const remedies: Partial<Record<CauseCode, string>> = {
  key_rejected: keyRemedy,
  key_lacks_access: `Use a key of the organization in CEREBRAS_ORGANIZATION_ID. ${keyRemedy}`,
  not_found: "Check CEREBRAS_ORGANIZATION_ID: it is the org_… id, not the organization’s name.",
  rate_limited:
    "Cerebras allows six calls a minute for each organization; Rollcall makes one. Check what else calls the Metrics API.",
};

const otherwise =
  "Nothing else depends on it, and Rollcall asks again each minute. If it lasts, check CEREBRAS_METRICS_URL and status.cerebras.ai.";

/** Whether the Metrics API tells what callers feel; no check if it is not configured. Nothing else depends on it. */
export function checkMetrics({ metrics }: UpstreamFacts): Check[] {
  if (metrics === undefined) return [];
  const { answer, cause } = metrics;
  if (cause !== null)
    return [{ name, state: "warning", says: cause.message, remedy: remedies[cause.code] ?? otherwise }];
  if (answer === null)
    return [{ name, state: "unknown", says: "Not asked yet.", remedy: "Wait a minute for the first reply." }];
  if (answer === 0) {
    const says = "The last reply names no endpoint, so nothing is shown of what callers feel.";
    return [
      { name, state: "warning", says, remedy: "Check that callers used an endpoint in the last minute." },
    ];
  }
  const says = `The last reply tells what callers of ${answer} ${answer === 1 ? "endpoint" : "endpoints"} felt.`;
  return [{ name, state: "ok", says, remedy: null }];
}

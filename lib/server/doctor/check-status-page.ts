import "server-only";

import type { Check } from "@/lib/domain/check";

import type { DoctorFacts } from "./facts";

const name = "Status page";

const remedy =
  "Nothing else depends on it, and Rollcall keeps trying. If it lasts, check the address in ROLLCALL_STATUS_PAGE (statusPage in the settings file): it must be a page made with Statuspage, such as https://status.cerebras.ai.";

/** Whether the provider's status page can be read; no check if none is set up. */
export function checkStatusPage({ statusPage }: Pick<DoctorFacts, "statusPage">): Check[] {
  if (statusPage == null) return [];
  const { answer, cause } = statusPage;
  if (cause !== null) return [{ name, state: "warning", says: cause.message, remedy }];
  if (answer === null)
    return [{ name, state: "unknown", says: "Not asked yet.", remedy: "Wait a minute for the first reply." }];
  const says =
    answer === 0
      ? "It reports no open incident."
      : `It reports ${answer} open ${answer === 1 ? "incident" : "incidents"}, which the pages show.`;
  return [{ name, state: "ok", says, remedy: null }];
}

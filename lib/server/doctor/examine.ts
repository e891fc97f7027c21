import "server-only";

import type { Check } from "@/lib/domain/check";

import { checkConfiguration, checkDatabase, checkNextPoll, checkWatcher } from "./check-house";
import { checkReplicaFields } from "./check-replica-fields";
import { checkClock, checkEndpoints, checkKey, checkOrganisation, checkReachable } from "./check-upstream";
import type { DoctorFacts } from "./facts";

/** Every check over what was gathered, in the order in which things depend on each other. */
export function examine(facts: DoctorFacts): Check[] {
  const { upstream, database } = facts;
  return [
    checkConfiguration(facts),
    ...(upstream === null
      ? []
      : [checkReachable, checkKey, checkOrganisation, checkEndpoints, checkReplicaFields, checkClock].map(
          (check) => check(upstream),
        )),
    ...(database === null ? [] : [checkDatabase(database, facts.now)]),
    checkWatcher(facts),
    checkNextPoll(facts),
  ];
}

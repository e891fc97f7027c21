import "server-only";

import type { Check } from "@/lib/domain/check";

import { checkConfiguration, checkDatabase, checkNextPoll, checkWatcher } from "./check-installation";
import { checkHint } from "./check-hint";
import { checkMetrics } from "./check-metrics";
import { checkReplicaFields } from "./check-replica-fields";
import { checkStatusPage } from "./check-status-page";
import { checkVersions } from "./check-versions";
import { checkClock, checkEndpoints, checkKey, checkOrganization, checkReachable } from "./check-upstream";
import type { DoctorFacts, UpstreamFacts } from "./facts";

/** Runs every check on the facts, in order of dependency. */
export function diagnose(facts: DoctorFacts): Check[] {
  const { upstream, database } = facts;
  return [
    checkConfiguration(facts),
    ...(upstream ?? []).flatMap((each) => diagnoseUpstream(each, upstream?.length !== 1)),
    ...(database === null ? [] : [checkDatabase(database, facts.now)]),
    ...checkStatusPage(facts),
    checkWatcher(facts),
    checkNextPoll(facts),
  ];
}

/** The checks of one organization, with its name if there are several. */
function diagnoseUpstream(upstream: UpstreamFacts, isOneOfSeveral: boolean): Check[] {
  const checks = [checkReachable, checkKey, checkOrganization, checkEndpoints, checkReplicaFields, checkClock]
    .map((check) => check(upstream))
    .concat(checkHint(upstream), checkVersions(upstream), checkMetrics(upstream));
  const { org } = upstream;
  return isOneOfSeveral && org !== null
    ? checks.map((check) => ({ ...check, name: `${check.name} (${org.name})` }))
    : checks;
}

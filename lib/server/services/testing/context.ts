import { systemClock } from "@/lib/server/clock";
import { parseSettings } from "@/lib/server/config/settings";
import type { Context } from "@/lib/server/context";
import { createContext } from "@/lib/server/create-context";
import { openTestStore } from "@/lib/server/db/testing/history-file";
import { createLog } from "@/lib/server/log";
import { countUpstream } from "@/lib/server/metrics/count-upstream";
import { createMetrics } from "@/lib/server/metrics/create-metrics";
import { createWaiters } from "@/lib/server/services/waiters";
import { countRollouts } from "@/lib/server/state/count-rollouts";
import { createEndpointRegistry } from "@/lib/server/state/endpoint-registry";

/** A real context on a test database. The instance leads, watches the organization acme, and requires sign-in. */
export async function openTestContext(
  where: Parameters<typeof openTestStore>[0],
  variables: Readonly<Record<string, string>> = {},
  plugins: Parameters<typeof openTestStore>[1] = [],
): Promise<Context> {
  const { settings, mistakes } = parseSettings({
    CEREBRAS_MANAGEMENT_API_KEY: "csk-management-key",
    CEREBRAS_ORG: "acme",
    ROLLCALL_URL: "https://rollcall.example.com",
    ...variables,
  });
  if (settings === null) throw new Error(mistakes.map(({ problem }) => problem).join(" "));
  const metrics = createMetrics({ isOn: false });
  const waiters = createWaiters();
  const endpointStore = createEndpointRegistry((former, next) => {
    countRollouts(metrics, former, next);
    waiters.wake(next.endpointId);
  });
  endpointStore.follow(settings.organizations);
  return createContext({
    settings,
    log: createLog(
      () => [],
      () => undefined,
    ),
    clock: systemClock,
    clockWatch: { jump: () => null },
    endpointStore,
    monitors: { all: () => [] },
    settingsIssues: () => null,
    pendingSettings: () => null,
    election: { isLeader: () => true, outage: () => null, pollSoon: () => undefined },
    waiters,
    history: await openTestStore(where, plugins),
    metrics,
    upstreamCount: countUpstream(metrics, () => systemClock().tick),
  });
}

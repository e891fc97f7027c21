import type { KyselyPlugin } from "kysely";

import type { DeploymentReport } from "@/lib/domain/endpoint-report";
import { report } from "@/lib/domain/testing/rollouts";
import type { engines } from "@/lib/server/db/testing/engines";
import { takeAnswer, takeFailure, type PollResult } from "@/lib/server/poller/take-answer";
import { newEndpointState } from "@/lib/server/state/endpoint-state";
import { UpstreamFailure } from "@/lib/server/upstream/failure";

import { readEvents } from "../events";
import { readRollout } from "../rollout-detail";
import { readSeriesCsv } from "../rollout-exports";
import { readRollouts } from "../rollouts";
import { openTestContext } from "./context";

export const endpointId = "acme-1";
export const start = 1_700_000_000_000;
export const interval = 5_000;
const failure = new UpstreamFailure({
  code: "upstream_error",
  message: "Cerebras answers 500.",
  detail: "500",
});

type NewDatabase = (typeof engines)[number]["newDatabase"];

/** An endpoint that is polled through the poller's own functions, and the queries that reads of it make. */
export async function watch(newDatabase: NewDatabase) {
  let queries = 0;
  const counter: KyselyPlugin = {
    transformQuery: ({ node }) => {
      queries += 1;
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  const where = await newDatabase();
  const ctx = await openTestContext(where, {}, [counter]);
  const endpointStore = ctx.endpointStore.of("acme");
  endpointStore?.set(newEndpointState(endpointId, interval));
  let elapsed = 0;
  const moment = () => ({ at: start + elapsed, tick: elapsed });
  const stateNow = () => endpointStore?.get(endpointId) ?? newEndpointState(endpointId, interval);
  const take = async ({ entries, endpointState }: PollResult) => {
    await ctx.history.write(entries);
    endpointStore?.set(endpointState);
  };
  const answer = (deployments: DeploymentReport[], { after = interval, clockOff = 0 } = {}) => {
    elapsed += after;
    const received = { ...moment(), at: moment().at + clockOff };
    const reported = report(...deployments);
    return take(
      takeAnswer({ endpointState: stateNow(), report: reported, reply: null, asked: received, received }),
    );
  };
  const fail = () => {
    elapsed += interval;
    const { at } = moment();
    const endpointState = stateNow();
    return take(takeFailure({ endpointState, failure, listed: null, at, retryAt: at + interval }));
  };
  const read = async () => {
    const before = queries;
    const [list, events, detail, csv] = [
      await readRollouts(ctx, { endpointId, limit: 10, cursor: null }),
      await readEvents(ctx, { endpointId }),
      await readRollout(ctx, { endpointId, deploymentId: "d8" }),
      await readSeriesCsv(ctx, { endpointId, deploymentId: "d8" }),
    ];
    const bodies = { list: list.body, events: events.body, detail: detail.body, csv: csv.body };
    return { bodies, queries: queries - before };
  };
  return { ctx, where, answer, fail, read };
}

export type Watched = Awaited<ReturnType<typeof watch>>;

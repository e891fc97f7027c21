import "server-only";

import { waitViewSchema, type WaitView } from "@/lib/contract/wait";
import { currentRollout } from "@/lib/contract/current-rollout";
import { pagePaths } from "@/lib/contract/paths";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import { toDisplayState } from "@/lib/domain/display-state";
import { hour, minute, second, type Duration } from "@/lib/domain/instant";
import {
  judgeWait,
  parseWaitGoal,
  waitExitCodes,
  type WaitedRollout,
  type WaitGoal,
  type WaitOutcome,
} from "@/lib/domain/wait";
import { waitSentence } from "@/lib/presentation/wait-words";
import type { Context } from "@/lib/server/context";
import type { Soon } from "@/lib/server/soon";

import { encode, type Answer } from "./answer";
import { encodeView } from "./endpoints";
import { invalid, notFound, ServiceError, tooMany } from "./errors";

type Waited = WaitedRollout & { version: string | null; errorMessage: string | null };
type Wish = { endpointId: string; deploymentId: string | null; goal: WaitGoal; timeout: Duration };

const usualTimeout: Duration = 30 * second;
const longestTimeout: Duration = 60 * minute;

/**
 * Waits until the outcome of a rollout is known: that of `deployment`, or of the one that is current now. Answers at
 * once if it is over already. `recheck` throws if the caller may no longer see the endpoint. Throws not_found and
 * invalid, and unavailable when Rollcall shuts down: the caller then asks the next one.
 */
export async function readWait(
  ctx: Context,
  input: {
    endpointId: string;
    query: URLSearchParams;
    signal: AbortSignal | undefined;
    recheck: () => Soon<unknown>;
  },
): Promise<Answer<WaitView>> {
  const wish = parseWish(input.endpointId, input.query);
  const current = viewOf(ctx, wish.endpointId).current;
  const pinned = { ...wish, deploymentId: wish.deploymentId ?? current };
  const known = await look(ctx, pinned);
  if (known.outcome !== null) return toAnswer(ctx, pinned, known.outcome, known.rollout);
  if (ctx.waiters.isEnded()) throw restarting();
  if (ctx.waiters.isFull()) throw tooMany("Too many requests wait already.", 10 * second);
  await ctx.waiters.hold(wish.endpointId, {
    isOver: () => isOver(ctx, pinned, known.rollout !== null),
    most: wish.timeout,
    signal: input.signal,
  });
  if (ctx.waiters.isEnded()) throw restarting();
  await input.recheck();
  const { outcome, rollout } = await look(ctx, pinned);
  const isBlind = viewOf(ctx, wish.endpointId).freshness.state === "blind";
  return toAnswer(ctx, pinned, outcome ?? (isBlind && rollout !== null ? "cannotTell" : "timedOut"), rollout);
}

const restarting = () => new ServiceError("unavailable", "Rollcall is restarting. Ask again.", second);

function parseWish(endpointId: string, query: URLSearchParams): Wish {
  const goal = parseWaitGoal(query.get("until") ?? "done");
  if (goal === null) throw invalid("until must be done, a share such as 50%, or a number of replicas.");
  const given = query.get("timeout");
  const timeout = given === null ? usualTimeout : parseDuration(given);
  if (timeout === null || timeout > longestTimeout)
    throw invalid("timeout must be a time such as 90s or 30m, and at most 1h.");
  return { endpointId, deploymentId: query.get("deployment"), goal, timeout };
}

const units: Readonly<Record<string, Duration>> = { s: second, m: minute, h: hour };

function parseDuration(text: string): Duration | null {
  const [, count, unit = ""] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  return count === undefined ? null : Number(count) * (units[unit] ?? 0);
}

function viewOf(ctx: Context, endpointId: string): EndpointView {
  const endpointState = ctx.endpointStore.get(endpointId);
  if (endpointState === undefined) throw notFound();
  return encodeView(ctx, endpointState, ctx.clock()).body;
}

/** From memory, for every waiting request after every poll; `wasListed`: if it is listed no longer, history knows more. */
function isOver(ctx: Context, { endpointId, deploymentId, goal }: Wish, wasListed: boolean): boolean {
  if (ctx.endpointStore.get(endpointId) === undefined) return true;
  const view = viewOf(ctx, endpointId);
  const rollout = view.rollouts.find((each) => each.deploymentId === deploymentId);
  if (rollout === undefined) return wasListed;
  return judgeWait(rollout, goal, currentRollout(view)) !== null;
}

async function look(
  ctx: Context,
  { endpointId, deploymentId, goal }: Wish,
): Promise<{ outcome: WaitOutcome | null; rollout: Waited | null }> {
  const view = viewOf(ctx, endpointId);
  const listed = view.rollouts.find((each) => each.deploymentId === deploymentId);
  const rollout = listed ?? (deploymentId === null ? null : await readPast(ctx, endpointId, deploymentId));
  const outcome = rollout === null ? null : judgeWait(rollout, goal, currentRollout(view));
  return { outcome, rollout };
}

/** A rollout that the endpoint lists no longer; null if history does not know it either. */
async function readPast(
  { history }: Context,
  endpointId: string,
  deploymentId: string,
): Promise<Waited | null> {
  const facts = await history.readRolloutFacts(endpointId, deploymentId);
  const latest = facts === null ? null : await history.readLatestObservation(endpointId, deploymentId);
  if (facts === null || latest === null) return null;
  const removedSince = facts.removed?.since ?? null;
  const { status, updatedReplicas, totalReplicas, errorMessage } = latest.state;
  return {
    ...{ deploymentId, version: facts.version, status, updatedReplicas, totalReplicas, errorMessage },
    displayState: toDisplayState({ ...latest.state, removedSince, conditions: [] }),
    noLongerReportedSince: removedSince,
  };
}

function toAnswer(
  { settings }: Context,
  { endpointId, deploymentId }: Wish,
  outcome: WaitOutcome,
  rollout: Waited | null,
): Answer<WaitView> {
  const body: WaitView = {
    ...{ endpointId, deploymentId, outcome, exitCode: waitExitCodes[outcome] },
    version: rollout?.version ?? null,
    message: waitSentence(outcome, rollout),
    status: rollout?.status ?? null,
    updatedReplicas: rollout?.updatedReplicas ?? null,
    totalReplicas: rollout?.totalReplicas ?? null,
    url:
      rollout === null
        ? null
        : new URL(pagePaths.rollout(endpointId, rollout.deploymentId), settings.publicUrl).href,
  };
  return { ...encode(waitViewSchema, body), age: null, nextPollIn: 0 };
}

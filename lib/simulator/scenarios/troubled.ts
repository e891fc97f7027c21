import { fail, regress, rollBack, rollBackCompletely, settled, smooth, stall } from "../build-script";
import type { Scenario } from "../scenario";
import { plan, scripted, soloStage } from "../scenario";
import type { Script } from "../script";
import type { Plan } from "../build-script";
import { shardMismatch } from "./error-messages";
import { previousVersion } from "./solo";

const MINUTE_MS = 60_000;

/** Version 8 on top of a finished version 7, with its own script. */
function versionEight(
  name: string,
  about: string,
  startedAgoMs: number,
  script: (given: Plan) => Script,
): Scenario {
  return {
    name,
    about,
    build: (context) => {
      const eight = { version: 8, alias: "v8-canary", startedAgoMs, script: script(plan(context, "v8")) };
      return soloStage(context, [scripted(context, eight), previousVersion(context)]);
    },
  };
}

export const stuck = versionEight("stuck", "In progress, at 5 of 12 forever.", 20 * MINUTE_MS, (given) =>
  stall(given, 5),
);

export const failed = versionEight(
  "failed",
  "Ended in error at 7 of 12 some minutes ago, with an error message of several lines.",
  5 * MINUTE_MS,
  (given) => fail(given, 7, shardMismatch(7, 12)),
);

export const failing = versionEight(
  "failing",
  "Begins now and ends in error at 7 of 12 after about 50 s.",
  0,
  (given) => fail(given, 7, shardMismatch(7, 12)),
);

export const rollingBack = versionEight(
  "rolling-back",
  "Begins now, climbs to 8 of 12 in about 50 s, then rolls back down to 2 and stays rolling_back.",
  0,
  (given) => rollBack(given, 8, 2),
);

export const rolledBack = versionEight(
  "rolled-back",
  "Climbed to 8 of 12 and was rolled back to 0 some minutes ago.",
  15 * MINUTE_MS,
  (given) => rollBackCompletely(given, 8),
);

export const cancelled = versionEight("cancelled", "Cancelled at 4 of 12.", 15 * MINUTE_MS, () =>
  settled({ status: "cancelled", updated: 4, total: 12, maxUnavailable: 2, errorMessage: null }),
);

export const notStarted = versionEight("not-started", "Queued at 0 of 12 forever.", 10_000, () =>
  settled({ status: "not_started", updated: 0, total: 12, maxUnavailable: 2, errorMessage: null }),
);

export const regressing = versionEight(
  "regressing",
  "Begins now, climbs to 8 of 12 in about 50 s, then falls to 5 while in_progress.",
  0,
  (given) => regress(given, 8, 5),
);

export const overlapping: Scenario = {
  name: "overlapping",
  about: "Versions 8 and 9 in progress at once, a minute a replica, 5 and 2 of 12 at the start.",
  build: (context) => {
    const nine = smooth(plan(context, "v9", { msPerReplica: MINUTE_MS }));
    const eight = smooth(plan(context, "v8", { msPerReplica: MINUTE_MS }));
    return soloStage(context, [
      scripted(context, { version: 9, startedAgoMs: 2.5 * MINUTE_MS, script: nine }),
      scripted(context, { version: 8, alias: "v8-canary", startedAgoMs: 5.5 * MINUTE_MS, script: eight }),
      previousVersion(context),
    ]);
  },
};

export const incident: Scenario = {
  name: "incident",
  about: "Stuck at 5 of 12 while the status page reports an open incident.",
  build: (context) => ({
    ...stuck.build(context),
    incidents: [
      {
        name: "Elevated error rates on dedicated endpoints",
        status: "investigating",
        impact: "major",
        startedAgoMs: 25 * MINUTE_MS,
      },
    ],
  }),
};

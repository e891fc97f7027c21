import { describe, expect, test } from "vitest";

import type { ViewerFreshness } from "@/lib/domain/connection";
import { minute, second } from "@/lib/domain/instant";
import type { RolloutDisplay } from "@/lib/domain/rollout-display";
import { rolloutDisplay as rollout, type RolloutDisplayChange } from "@/lib/domain/testing/rollout-display";

import { outageSentence } from "./outage-sentence";
import { errorSentence, lastKnownSentence, rolloutSentence } from "./rollout-sentence";
import { sentenceText, type Sentence } from "./sentence-text";

const now = 10 * minute;

function text(sentence: Sentence | null): string {
  return sentence === null ? "" : sentenceText(sentence, { now, moment: (at) => `@${at / minute}` });
}

const none = { updatedReplicas: null, totalReplicas: null };

describe("what is happening", () => {
  const table: [RolloutDisplayChange, string][] = [
    [{}, "v8 is rolling out: 7 of 12 replicas updated, 4 min in."],
    [
      { status: "not_started", updatedReplicas: 0 },
      "v8 is waiting to start: 0 of 12 replicas updated, requested 4 min ago.",
    ],
    [{ status: "rolling_back" }, "v8 is rolling back: 7 of 12 replicas updated, 4 min in."],
    [
      { status: "rolled_back", updatedReplicas: 0, endedAt: 8 * minute },
      "v8 was rolled back after 2 min: 0 of 12 replicas updated.",
    ],
    [
      { status: "done", updatedReplicas: 12, endedAt: 9 * minute },
      "v8 is done after 3 min: 12 of 12 replicas updated.",
    ],
    [
      { status: "done", updatedReplicas: 11, endedAt: 9 * minute },
      "v8 is reported done with 11 of 12 replicas updated, after 3 min.",
    ],
    [
      { status: "done", updatedReplicas: 12, errorMessage: "quota", endedAt: 9 * minute },
      "v8 is reported done with an error after 3 min: 12 of 12 replicas updated.",
    ],
    [{ status: "done", updatedReplicas: 12 }, "v8 is done: 12 of 12 replicas updated."],
    [{ status: "done", ...none }, "v8 is done. The API reports no replica counts."],
    [{ status: "error", endedAt: 7 * minute }, "v8 failed 3 min ago at 7 of 12 replicas."],
    [{ status: "error" }, "v8 failed before Rollcall’s first poll at 7 of 12 replicas."],
    [
      { status: "error", ...none, endedAt: 7 * minute },
      "v8 failed 3 min ago. The API reports no replica counts.",
    ],
    [{ errorMessage: "quota" }, "v8 is rolling out with an error: 7 of 12 replicas updated, 4 min in."],
    [
      { errorMessage: "quota", status: "cancelled" },
      "v8 was cancelled with an error: 7 of 12 replicas updated.",
    ],
    [{ status: "cancelled" }, "v8 was cancelled: 7 of 12 replicas updated."],
    [
      { status: "unknown", reportedStatus: "draining_pods" },
      "v8 is in a state that Rollcall does not know, “draining_pods”: 7 of 12 replicas updated.",
    ],
    [
      { status: "unknown", reportedStatus: null, ...none },
      "v8 is reported without a status. The API reports no replica counts.",
    ],
    [{ conditions: ["stalled"] }, "v8 looks stuck: 7 of 12 replicas updated, 4 min in."],
    [{ conditions: ["regressing"] }, "v8 seems to be going backwards: 7 of 12 replicas updated, 4 min in."],
    [{ conditions: ["overlapping"] }, "v8 is rolling out: 7 of 12 replicas updated, 4 min in."],
    [{ noLongerReportedSince: 9 * minute }, "v8 has not been reported since @9: 7 of 12 replicas updated."],
    [none, "v8 is rolling out, 4 min in. The API reports no replica counts."],
    [
      { totalReplicas: null },
      "v8 is rolling out: 7 replicas updated, of a total that is not reported, 4 min in.",
    ],
    [
      { updatedReplicas: null },
      "v8 is rolling out: 12 replicas, how many are updated is not reported, 4 min in.",
    ],
    [{ totalReplicas: 5 }, "v8 is rolling out: 7 of 5 replicas updated, 4 min in."],
    [{ updatedReplicas: 12 }, "v8 is rolling out: 12 of 12 replicas updated, 4 min in."],
    [{ updatedReplicas: 0, totalReplicas: 0 }, "v8 is rolling out: 0 of 0 replicas updated, 4 min in."],
    [
      { updatedReplicas: 999, totalReplicas: 1000 },
      "v8 is rolling out: 999 of 1000 replicas updated, 4 min in.",
    ],
    [{ version: null }, "This deployment is rolling out: 7 of 12 replicas updated, 4 min in."],
    [{ startedAt: now + minute }, "v8 is rolling out: 7 of 12 replicas updated, 0 s in."],
  ];
  test.each(table)("%j", (change, expected) => {
    expect(text(rolloutSentence(rollout(change)))).toBe(expected);
  });

  test("an error message is quoted in every status, and shortened", () => {
    expect(errorSentence(rollout())).toBeNull();
    expect(text(errorSentence(rollout({ errorMessage: "quota exceeded" })))).toBe(
      "It reports an error: “quota exceeded”.",
    );
    expect(text(errorSentence(rollout({ errorMessage: "exit code 134:\r\n  out of\tmemory\n" })))).toBe(
      "It reports an error: “exit code 134: out of memory”.",
    );
    expect(text(errorSentence(rollout({ errorMessage: "é".repeat(9_000) })))).toBe(
      `It reports an error: “${"é".repeat(160)}…”.`,
    );
  });

  test("nothing deployed", () => {
    expect(text(rolloutSentence(null))).toBe("Nothing is deployed on this endpoint.");
  });

  test("a very long status word is shortened", () => {
    const sentence = text(rolloutSentence(rollout({ status: "unknown", reportedStatus: "x".repeat(300) })));
    expect(sentence).toContain(`“${"x".repeat(48)}…”`);
  });
});

describe("what was last known", () => {
  const table: [RolloutDisplay | null, string][] = [
    [rollout(), "When last seen at @9, v8 was rolling out: 7 of 12 replicas updated."],
    [
      rollout({ status: "done", updatedReplicas: 12 }),
      "When last seen at @9, v8 was done: 12 of 12 replicas updated.",
    ],
    [
      rollout({ updatedReplicas: 12 }),
      "When last seen at @9, v8 was rolling out: 12 of 12 replicas updated.",
    ],
    [
      rollout({ status: "done", updatedReplicas: 11 }),
      "When last seen at @9, v8 was reported done with 11 of 12 replicas updated.",
    ],
    [
      rollout({ errorMessage: "quota" }),
      "When last seen at @9, v8 was rolling out with an error: 7 of 12 replicas updated.",
    ],
    [rollout({ status: "error" }), "When last seen at @9, v8 had failed at 7 of 12 replicas."],
    [rollout(none), "When last seen at @9, v8 was rolling out. It reported no replica counts."],
    [
      rollout({ version: null }),
      "When last seen at @9, this deployment was rolling out: 7 of 12 replicas updated.",
    ],
    [null, "When last seen at @9, nothing was deployed on it."],
  ];
  test.each(table)("%j", (display, expected) => {
    expect(text(lastKnownSentence(display, 9 * minute))).toBe(expected);
  });

  test("of one of several rollouts", () => {
    expect(text(rolloutSentence(rollout(), "then"))).toBe("v8 was rolling out: 7 of 12 replicas updated.");
  });

  test("never seen", () => {
    expect(text(lastKnownSentence(null, null))).toBe("Rollcall has not seen this endpoint yet.");
  });
});

describe("why the view is not live", () => {
  const answers503: Pick<ViewerFreshness, "cause"> = {
    cause: { code: "upstream_error", message: "Cerebras answers 503." },
  };
  const live: ViewerFreshness = {
    state: "live",
    observedAt: 9 * minute,
    since: null,
    cause: null,
    retryAt: null,
  };
  const table: [Partial<ViewerFreshness>, string][] = [
    [{}, ""],
    [{ observedAt: null }, "Rollcall is taking its first look at this endpoint."],
    [{ state: "delayed", observedAt: null }, "Rollcall is taking its first look at this endpoint."],
    [{ state: "delayed" }, "Delayed: last seen 1 min ago."],
    [
      { state: "delayed", ...answers503, retryAt: now + 5 * second },
      "Delayed: last seen 1 min ago. Cerebras answers 503. Next try in 5 s.",
    ],
    [
      { state: "delayed", observedAt: null, ...answers503 },
      "No poll has succeeded yet: Cerebras answers 503.",
    ],
    [
      { state: "blind", since: 9 * minute, ...answers503, retryAt: now + 40 * second },
      "Blind since @9: Cerebras answers 503. Next try in 40 s.",
    ],
    [
      { state: "blind", since: 9 * minute, ...answers503, retryAt: now - 1 },
      "Blind since @9: Cerebras answers 503. Next try now.",
    ],
    [{ state: "blind" }, "Blind."],
    [
      { state: "cut_off", since: 9 * minute, retryAt: now + 4 * second },
      "Rollcall’s server has not answered since @9. Trying again in 4 s.",
    ],
  ];
  test.each(table)("%j", (change, expected) => {
    expect(text(outageSentence({ ...live, ...change }))).toBe(expected);
  });
});

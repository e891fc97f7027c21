import { describe, expect, test } from "vitest";

import type { Condition } from "@/lib/domain/condition";
import { minute } from "@/lib/domain/instant";
import { rolloutDisplay, type RolloutDisplayChange } from "@/lib/domain/testing/rollout-display";

import { toHeadline } from "./rollout-headline";
import { sentenceText, type Sentence } from "./sentence-text";

const now = 20 * minute;

function text(sentence: Sentence | null): string | null {
  return sentence === null ? null : sentenceText(sentence, { now, moment: (at) => `@${at / minute}` });
}

type Conclusion = Parameters<typeof toHeadline>[0][number]["conditions"][number] & Pick<Condition, "code">;

function headline(change: RolloutDisplayChange = {}, conditions: readonly Conclusion[] = []) {
  const codes = conditions.map(({ code }) => code);
  const { sentence, detail } = toHeadline([
    { ...rolloutDisplay({ ...change, conditions: codes }), conditions },
  ]);
  return [text(sentence), text(detail)];
}

const stall: Conclusion = {
  code: "stalled",
  message: "…",
  since: 9 * minute,
  usual: "here one usually moves every 40 s",
};

describe("the headline", () => {
  test("is the rollout's sentence, and needs no detail", () => {
    expect(headline()).toEqual(["v8 is rolling out: 7 of 12 replicas updated, 14 min in.", null]);
  });

  test("of a stuck rollout is how long nothing has moved", () => {
    expect(headline({}, [stall])).toEqual([
      "No replica has moved for 11 min; here one usually moves every 40 s.",
      "v8 looks stuck: 7 of 12 replicas updated, 14 min in. Cerebras still reports it as in progress.",
    ]);
    expect(headline({}, [{ ...stall, usual: null }])[0]).toBe("No replica has moved for 11 min.");
  });

  test("has what is concluded about replicas that go backwards below it", () => {
    const message = "Replicas are going backwards: 5 updated now, 8 before.";
    expect(headline({}, [{ code: "regressing", message, since: 17 * minute }])).toEqual([
      "v8 seems to be going backwards: 7 of 12 replicas updated, 14 min in.",
      `${message} It began 3 min ago.`,
    ]);
  });

  test("has below it that a full rollout is not reported as done", () => {
    expect(headline({ updatedReplicas: 12 })).toEqual([
      "v8 is rolling out: 12 of 12 replicas updated, 14 min in.",
      "Cerebras has not reported it as done yet.",
    ]);
  });

  test("of a late rollout has below it by how much", () => {
    const late: Conclusion = { code: "late", message: "…", since: 16 * minute, usual: "the usual 8–10 min" };
    expect(headline({}, [late])).toEqual([
      "v8 is running late: 7 of 12 replicas updated, 14 min in.",
      "4 min over the usual 8–10 min.",
    ]);
  });

  test("has the time left below it, with its evidence", () => {
    const timeLeft = { lowSeconds: 180, highSeconds: 300, evidence: "7 of 12 in 14 min here" };
    expect(headline({ timeLeft })[1]).toBe("About 3–5 min left: 7 of 12 in 14 min here.");
  });

  test("of a stuck rollout without counts says what that follows from", () => {
    const usual = "the API reports no replica counts, so Rollcall judges by status and age";
    expect(headline({ updatedReplicas: null, totalReplicas: null }, [{ ...stall, usual }])[0]).toBe(
      `Its status has been the same for 11 min; ${usual}.`,
    );
  });

  test("of several rollouts names them", () => {
    const two = ["9", "8"].map((version) => ({ ...rolloutDisplay({ version }), conditions: [] }));
    const { sentence, detail } = toHeadline(two);
    expect(text(sentence)).toBe("2 rollouts are under way at once: v9, the newest, and v8.");
    expect(text(detail)).toBe(
      "v9 reports 7 of 12 replicas updated, v8 reports 7 of 12 replicas updated. Rollcall concludes that v9 is likely to win: it was requested last.",
    );
  });

  test.each([
    ["error", "v9 failed before Rollcall’s first poll at 7 of 12 replicas."],
    ["cancelled", "v9 was cancelled: 7 of 12 replicas updated."],
  ] as const)("of several rollouts whose newest is %s says that an older one goes on", (status, first) => {
    const two = [rolloutDisplay({ version: "9", status }), rolloutDisplay({ version: "8" })];
    const { sentence, detail } = toHeadline(two.map((each) => ({ ...each, conditions: [] })));
    expect(text(sentence)).toBe(`${first} v8 is still under way.`);
    expect(text(detail)).toBe("v9 reports 7 of 12 replicas updated, v8 reports 7 of 12 replicas updated.");
  });

  test("says that nothing is deployed", () => {
    expect(text(toHeadline([]).sentence)).toBe("Nothing is deployed on this endpoint.");
  });
});

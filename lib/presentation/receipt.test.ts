import { describe, expect, it } from "vitest";

import { rolloutDisplay, type RolloutDisplayChange } from "@/lib/domain/testing/rollout-display";

import { toReceipt, type Receipt } from "./receipt";

const startedAt = Date.UTC(2026, 0, 12, 14, 2, 10);

function receipt(change: Partial<Receipt> = {}, display: RolloutDisplayChange = {}): string {
  return toReceipt({
    endpointId: "acme-qwen-3-32b",
    previousVersion: "7",
    guaranteed: 12,
    lowestGuaranteed: 10,
    conclusions: [],
    observedAt: startedAt + 90_000,
    link: "https://rollcall.example/endpoints/acme/rollouts/d8",
    ...change,
    display: rolloutDisplay({
      status: "done",
      updatedReplicas: 12,
      startedAt,
      endedAt: startedAt + 72_000,
      ...display,
    }),
  });
}

describe("a receipt", () => {
  it("has the versions, the outcome, the duration, the lowest guarantee and a link", () => {
    expect(receipt()).toBe(`**acme-qwen-3-32b: v7 → v8**

- Outcome: done, 12 of 12 replicas updated
- Started: 2026-01-12 14:02:10 UTC
- Ended: 2026-01-12 14:03:22 UTC, after 1 min 12 s
- Lowest guaranteed replicas: 10
- [Full history in Rollcall](<https://rollcall.example/endpoints/acme/rollouts/d8>)
`);
  });

  it("of a running rollout has what Rollcall concludes", () => {
    const conclusions = ["About 8–13 min left: 3 of 8 in 6 min here."];
    expect(receipt({ conclusions })).toContain("\n- About 8–13 min left\\: 3 of 8 in 6 min here\n");
  });

  it("leaves out unknown values, and never shows them as zero", () => {
    const text = receipt(
      { previousVersion: null, guaranteed: null, lowestGuaranteed: null },
      { endedAt: null, updatedReplicas: null, totalReplicas: null, status: "in_progress" },
    );
    expect(text).toContain("**acme-qwen-3-32b: v8**");
    expect(text).toContain("rolling out, no replica counts reported");
    expect(text).toContain("Lowest guaranteed replicas: not reported");
    expect(text).not.toContain("Guaranteed replicas now");
    expect(text).not.toContain("Ended");
  });

  it.each(["```\n@team\n```", "````", "plain", "<script>alert(1)</script>\n\n# not a heading"])(
    "keeps the error message %j within its backticks",
    (errorMessage) => {
      const lines = receipt({}, { status: "error", errorMessage }).split("\n");
      const backticks = lines.find((line) => /^`{3,}$/.test(line)) ?? "";
      const inside = lines.slice(lines.indexOf(backticks) + 1, lines.lastIndexOf(backticks)).join("\n");
      expect(inside).toBe(errorMessage);
      expect(errorMessage.split("\n")).not.toContain(backticks);
    },
  );

  it.each([
    ["@channel", "&#64;channel"],
    ["8](https://evil.example)", "8\\]\\(https\\:\\/\\/evil.example\\)"],
    ["**8**\n\n# x", "\\*\\*8\\*\\* \\# x"],
    ["<img src=x>", "\\<img src=x\\>"],
    ["8\u202E", "8\\\\u202E"],
  ])("takes the version %j for a name and for nothing else", (version, shown) => {
    expect(receipt({}, { version })).toContain(shown);
  });

  it("is as of the last observation during the rollout, and does not count a missing replica as done", () => {
    const going = receipt({}, { status: "in_progress", endedAt: null, updatedReplicas: 7 });
    expect(going).toContain("- Outcome: rolling out, 7 of 12 replicas updated");
    expect(going).toContain("- As of: 2026-01-12 14:03:40 UTC");
    expect(going).toContain("- Guaranteed replicas now: 12\n- Lowest guaranteed replicas: 10\n");
    expect(receipt({}, { updatedReplicas: 11 })).toContain(
      "- Outcome: incomplete, 11 of 12 replicas updated",
    );
  });
});

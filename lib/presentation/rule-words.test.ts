import { expect, it } from "vitest";

import { eventKinds } from "@/lib/domain/notable-event";

import { ruleSentence } from "./rule-words";

const everything = { channel: "team", endpoints: [], organizations: [], architectures: [], quiet: null };

it("a rule is a sentence", () => {
  expect(ruleSentence({ ...everything, events: eventKinds })).toBe("Every event.");
  expect(
    ruleSentence({
      channel: "team",
      endpoints: ["acme-*"],
      organizations: ["acme"],
      architectures: ["qwen-3-32b"],
      events: ["failed", "blind"],
      quiet: { from: 22 * 60, until: 7 * 60 + 5, timeZone: "Europe/Berlin" },
    }),
  ).toBe(
    "Events: failed, cannot be seen; of acme-*; in acme; with qwen-3-32b; not from 22:00 to 07:05 (Europe/Berlin).",
  );
});

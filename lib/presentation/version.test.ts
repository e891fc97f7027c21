import { expect, test } from "vitest";

import { versionChange, versionName, versionText } from "./version";

test.each([
  ["8", "v8", "v8"],
  ["canary", "canary", "canary"],
  [null, "this deployment", "not reported"],
])("version %o", (version, inSentence, alone) => {
  expect(versionName(version)).toBe(inSentence);
  expect(versionText(version)).toBe(alone);
});

test.each([
  ["7", "8", "v7 → v8"],
  [null, "8", "v8"],
  [null, null, "version not reported"],
  ["7", null, "v7 → version not reported"],
])("from %o to %o", (former, version, text) => {
  expect(versionChange(former, version)).toBe(text);
});

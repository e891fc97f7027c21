import { expect, it } from "vitest";

import { deployCommand, lastGoodSentence, movedAliasSentence } from "./version-words";

it("says that an alias has moved", () => {
  expect(movedAliasSentence({ alias: "production", then: "7", now: "9" })).toBe(
    "production meant version 7 when this was deployed. It means version 9 now.",
  );
});

it.each([
  ["available", "done", "Version 7, the last good one, is still there and synced."],
  ["not_synced", "syncing", "not synced: its sync status is syncing."],
  ["unknown", null, "The API does not say whether it is synced."],
  ["gone", null, "is no longer there: Cerebras does not list it any more."],
] as const)("says that the last good version is %s", (availability, syncStatus, words) => {
  expect(lastGoodSentence({ version: "7", availability, syncStatus })).toContain(words);
});

it("writes the request that deploys a version, with the key as a variable", () => {
  const command = deployCommand("acme-qwen", "orgs/acme/models/qwen-3-32b/versions/7");
  expect(command?.split("\n")).toEqual([
    "curl -X POST https://api.cerebras.ai/management/v1/endpoints/acme-qwen:deployModel \\",
    '  -H "Authorization: Bearer $CEREBRAS_MANAGEMENT_API_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '{"model": "orgs/acme/models/qwen-3-32b/versions/7"}'`,
  ]);
});

it.each([
  ["acme'; rm -rf", "orgs/acme/models/m/versions/7"],
  ["acme", "orgs/acme/models/m'/versions/7"],
  ["acme", "orgs/acme/models/m/versions/7\n"],
  ["acme", "orgs/acme/models/m/versions/$(id)"],
])("writes none for names that a shell would interpret: %j %j", (endpointId, model) => {
  expect(deployCommand(endpointId, model)).toBeNull();
});

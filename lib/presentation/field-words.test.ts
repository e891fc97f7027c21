import { expect, it } from "vitest";

import { fieldName, fieldSettings, guessMissingFields } from "./field-words";

const lacking = { spellings: [], isNull: false };
const hint = (spelling: string, field: string | null) => ({ spelling, field });

it("guesses only fields that the reply lacks altogether, by the likeliest name", () => {
  const sources = [
    { field: "updatedReplicas", ...lacking },
    { field: "totalReplicas", spellings: ["total_replicas"], isNull: false },
    { field: "maxUnavailable", ...lacking },
    { field: "errorMessage", spellings: [], isNull: true },
  ];
  const hints = [
    hint("ready", "updatedReplicas"),
    hint("rollout.updated", "updatedReplicas"),
    hint("rollout.total", "totalReplicas"),
    hint("last_error", "errorMessage"),
    hint("shards", null),
  ];
  expect(guessMissingFields({ sources, hints })).toEqual([
    { field: "updatedReplicas", spelling: "rollout.updated" },
  ]);
});

it("writes them as settings", () => {
  const guesses = [
    { field: "updatedReplicas", spelling: "rollout.updated" },
    { field: "totalReplicas", spelling: "replicas" },
  ];
  expect(fieldSettings(guesses)).toEqual({
    file: "fields:\n  updatedReplicas: [rollout.updated]\n  totalReplicas: [replicas]",
    environment: "ROLLCALL_FIELDS=updatedReplicas=rollout.updated,totalReplicas=replicas",
  });
});

it("names a field that it does not know as it is", () => {
  expect(fieldName("maxUnavailable")).toBe("Max unavailable");
  expect(fieldName("constructor")).toBe("constructor");
});

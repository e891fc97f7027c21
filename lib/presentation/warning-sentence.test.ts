import { expect, it } from "vitest";

import { warningCodes } from "@/lib/domain/warning";

import { warningSentence } from "./warning-sentence";

it.each(warningCodes)("%s is a sentence with the reported value", (code) => {
  const sentence = warningSentence({ code, field: "Total replicas", value: "7 of 5" });
  expect(sentence).toMatch(/^[A-Z].*[.5]$/);
  expect(sentence).not.toMatch(/undefined|\[object|_/);
  const saysItAll = ["total_is_zero", "created_in_milliseconds"];
  if (!saysItAll.includes(code)) expect(sentence).toContain("7 of 5");
});

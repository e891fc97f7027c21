import { runInNewContext } from "node:vm";

import { expect, test } from "vitest";

import { localiseScript, writeInFull, writeLocal, writeUtc } from "./write-moment";

const at = Date.UTC(2026, 10, 23, 14, 2, 10);
const sameDay = Date.UTC(2026, 10, 23, 20);
const nextDay = Date.UTC(2026, 10, 24, 1);

test("a moment of today has no day, of another day it has", () => {
  expect(writeUtc(at, sameDay, "short")).toBe("14:02 UTC");
  expect(writeUtc(at, sameDay, "exact")).toBe("14:02:10 UTC");
  expect(writeUtc(at, nextDay, "short")).toBe("23 Nov 14:02 UTC");
});

test("the whole moment holds UTC as well", () => {
  expect(writeInFull(at)).toContain("(2026-11-23 14:02:10 UTC)");
});

test("the inline script writes what the page itself would write", () => {
  const iso = new Date(at).toISOString();
  const elements = [
    { dateTime: iso, dataset: { form: "exact" }, textContent: "" },
    { dateTime: iso, dataset: { form: "short" }, textContent: "" },
  ];
  runInNewContext(localiseScript(), { document: { querySelectorAll: () => elements }, Intl, Date });
  const now = Date.now();
  expect(elements.map(({ textContent }) => textContent)).toEqual([
    writeLocal(at, now, "exact"),
    writeLocal(at, now, "short"),
  ]);
});

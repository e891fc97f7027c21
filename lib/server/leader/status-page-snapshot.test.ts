import { expect, it } from "vitest";

import type { StatusPage } from "@/lib/domain/incident";

import { readStatusPageSnapshot, writeStatusPageSnapshot } from "./status-page-snapshot";

const page: StatusPage = {
  observedAt: 940,
  incidents: [
    { id: "a", name: "n", status: "investigating", impact: null, startedAt: 100, link: "https://stspg.io/a" },
  ],
  cause: { code: "upstream_error", message: "m", since: 950, retryAt: 2_000 },
};

it("tells followers what was read, and how old it is by their own clock", () => {
  const body = writeStatusPageSnapshot(page, 1_000);
  expect(readStatusPageSnapshot(body, 70_000)).toEqual({ ...page, observedAt: 69_940 });
  expect(
    readStatusPageSnapshot(writeStatusPageSnapshot({ ...page, observedAt: null }, 1_000), 70_000),
  ).toEqual({
    ...page,
    observedAt: null,
  });
});

it("reads what another build wrote as far as it can", () => {
  const body = writeStatusPageSnapshot(page, 1_000).replace("upstream_error", "a_later_cause");
  expect(readStatusPageSnapshot(body, 1_000)?.cause?.code).toBe("unexpected_answer");
  expect(readStatusPageSnapshot("{}", 1_000)).toBeNull();
  expect(readStatusPageSnapshot("nonsense", 1_000)).toBeNull();
});

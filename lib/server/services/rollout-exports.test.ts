import { describe, expect, it } from "vitest";

import { toCsv } from "./rollout-exports";

const at = (iso: string) => Date.parse(iso);

const point = {
  from: at("2026-01-12T14:00:00Z"),
  until: at("2026-01-12T14:00:10Z"),
  status: "in_progress",
  updatedReplicas: 3,
  totalReplicas: 12,
  maxUnavailable: 2,
} as const;

describe("the series as CSV", () => {
  it("has a line for every stretch and every gap, oldest first, empty where nothing was reported", () => {
    const csv = toCsv({
      points: [
        point,
        {
          ...point,
          from: at("2026-01-12T14:05:00Z"),
          until: at("2026-01-12T14:05:30Z"),
          maxUnavailable: null,
        },
      ],
      gaps: [
        {
          from: at("2026-01-12T14:00:10Z"),
          until: at("2026-01-12T14:05:00Z"),
          cause: { code: "upstream_error", message: 'Cerebras answers "503", again.' },
        },
      ],
    });
    expect(csv.split("\r\n")).toEqual([
      "from,until,watched,status,updatedReplicas,totalReplicas,maxUnavailable,guaranteedReplicas,cause",
      "2026-01-12T14:00:00.000Z,2026-01-12T14:00:10.000Z,yes,in_progress,3,12,2,10,",
      '2026-01-12T14:00:10.000Z,2026-01-12T14:05:00.000Z,no,,,,,,"Cerebras answers ""503"", again."',
      "2026-01-12T14:05:00.000Z,2026-01-12T14:05:30.000Z,yes,in_progress,3,12,,,",
      "",
    ]);
  });

  it.each(["=1+1", "+1", "@SUM(A1)", "-2+3"])("keeps %s from being a formula", (message) => {
    const gap = { from: point.from, until: null, cause: { code: "unreachable" as const, message } };
    expect(toCsv({ points: [], gaps: [gap] })).toContain(`'${message}`);
  });
});

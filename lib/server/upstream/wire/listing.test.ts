import { describe, expect, it } from "vitest";

import { parseListing } from "./reply";

function idsOf(rows: unknown): string[] {
  return parseListing({ endpoints: rows }).report.map(({ endpointId }) => endpointId);
}

describe("parseListing", () => {
  it("reads the documented shape", () => {
    const row = {
      endpoint_id: "acme-qwen-3-32b",
      model_arch_id: "qwen-3-32b",
      created: 1_736_600_000,
      updated: 1_736_700_000,
      org_name: "acme",
    };
    expect(parseListing({ endpoints: [row] }).report).toEqual([
      {
        endpointId: "acme-qwen-3-32b",
        modelArch: "qwen-3-32b",
        org: "acme",
        updatedAt: 1_736_700_000_000,
      },
    ]);
  });

  it.each([
    [{ updated: 7 }, 7_000],
    [{ updated_at: "8" }, 8_000],
    [{ updated: "soon" }, null],
    [{}, null],
  ])("reads the time of the update from %j", (fields, updatedAt) => {
    expect(parseListing({ endpoints: [{ endpoint_id: "a", ...fields }] }).report).toMatchObject([
      { updatedAt },
    ]);
  });

  it.each([
    [[], []],
    [
      [{ endpoint_id: "b" }, { endpoint_id: "a" }],
      ["b", "a"],
    ],
    [[{ endpoint_id: "a" }, { endpoint_id: "a" }], ["a"]],
    [
      [{ name: "a" }, { id: "b" }, { endpoint_id: 7 }],
      ["a", "b", "7"],
    ],
    [[{ endpoint_id: null, name: "a" }], ["a"]],
    [[null, 7, "a", [], {}, { endpoint_id: {} }, { endpoint_id: "ok" }], ["ok"]],
    [[{ endpoint_id: "../../orgs" }, { endpoint_id: "a/b" }, { endpoint_id: "a\nb" }], []],
    [[{ endpoint_id: "a..b" }, { endpoint_id: ".a" }, { endpoint_id: "" }, { endpoint_id: "a?b" }], []],
    [[{ endpoint_id: "x".repeat(128) }, { endpoint_id: "y".repeat(129) }], ["x".repeat(128)]],
    [[{ endpoint_id: "z".repeat(500) }], []],
  ])("finds in %j only what can be asked about", (rows, expected) => {
    expect(idsOf(rows)).toEqual(expected);
  });

  it.each([[null], [[]], [{}], ["x"], [{ endpoints: null }], [{ endpoints: {} }], [{ detail: "no" }]])(
    "rejects %j: a missing list is not an empty list",
    (json) => {
      expect(() => parseListing(json)).toThrow(expect.objectContaining({ code: "unreadable_reply" }));
    },
  );
});

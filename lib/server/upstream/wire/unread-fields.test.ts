import { describe, expect, it } from "vitest";

import { parseEndpoint, parseListing } from "./reply";

function unreadOf(json: unknown): string[] {
  return parseEndpoint(json, "acme", 0).unreadFields;
}

describe("the fields that Rollcall does not read", () => {
  it("are named by their path and sorted, without their inner fields", () => {
    expect(
      unreadOf({
        zone: "eu",
        name: "acme",
        deployed_models: [
          { id: "d1", phase: "warm" },
          { id: "d2", replicas: [{ id: "r1", ready: true }], phase: "cold" },
        ],
        capacity: { gpus: 8 },
      }),
    ).toEqual(["capacity", "deployed_models[].phase", "deployed_models[].replicas", "zone"]);
  });

  it("do not include another spelling of a field that is read", () => {
    expect(unreadOf({ deployed_models: [{ id: "d1", state: "complete", rollout_status: "done" }] })).toEqual(
      [],
    );
  });

  it("include names that an object inherits elsewhere", () => {
    const json: unknown = JSON.parse(
      `{"name":"acme","__proto__":{"a":1},"constructor":2,"deployed_models":[{"id":"d","__proto__":3}]}`,
    );
    expect(unreadOf(json)).toEqual(["__proto__", "constructor", "deployed_models[].__proto__"]);
    expect(Object.prototype).not.toHaveProperty("a");
  });

  it("are limited in number and length, and never cut inside a character", () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`field-${index}`, index]));
    const rows = [{ id: "d1", ...many, [`${"x".repeat(182)}😀`]: 1 }];
    const unread = unreadOf({ ...many, deployed_models: rows });
    expect(unread.length).toBeLessThanOrEqual(200);
    expect(unreadOf({ name: "a", [`${"x".repeat(199)}😀`]: 1 }).every((path) => path.isWellFormed())).toBe(
      true,
    );
    expect(unreadOf({ name: "a", ["y".repeat(500)]: 1 })[0]).toHaveLength(200);
  });

  it("are reported for listings too", () => {
    const listing = { endpoints: [{ endpoint_id: "a", created: 1, tier: "gold" }], next_page: "2" };
    expect(parseListing(listing).unreadFields).toEqual([
      "endpoints[].created",
      "endpoints[].tier",
      "next_page",
    ]);
  });
});

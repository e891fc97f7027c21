import { describe, expect, it } from "vitest";

import { parseVersion, parseVersions } from "./model-version";

/** The example of the public reference. */
const example = {
  name: "op-1",
  done: true,
  response: {
    customer_s3_uri: "s3://weights/",
    version_aliases: ["production"],
    sync_status: "done",
    system_fingerprint_suffix: "ab12",
  },
};

describe("a version", () => {
  it("is read from the published example, by its number and by an alias it does not repeat", () => {
    expect(parseVersion(example, "8").report).toEqual({
      version: "8",
      aliases: ["production"],
      syncStatus: "done",
    });
    const named = { ...example, name: "orgs/acme/models/qwen/versions/9" };
    expect(parseVersion(named, "canary").report).toEqual({
      version: "9",
      aliases: ["production", "canary"],
      syncStatus: "done",
    });
  });

  it.each([[null], [[]], ["text"], [{}], [example], [{ response: { version_id: 1.5 } }]])(
    "that does not say its number cannot be read by an alias: %j",
    (json) => {
      expect(() => parseVersion(json, "production")).toThrow();
    },
  );

  it("has neither aliases nor a sync status if none is reported", () => {
    const none = { version: "8", aliases: null, syncStatus: null };
    expect(parseVersion({}, "8").report).toEqual(none);
    expect(parseVersion({ version_aliases: "a", sync_status: {} }, "8").report).toEqual(none);
    expect(parseVersion({ version_aliases: [1, "a"], sync_status: "x" }, "8").report).toMatchObject({
      aliases: ["a"],
      syncStatus: "x",
    });
  });
});

describe("a list of versions", () => {
  const bare = (version: string) => ({ version, aliases: null, syncStatus: null });

  it.each<[string, unknown, unknown[]]>([
    ["numbers", { model_versions: [1, 2] }, [bare("1"), bare("2")]],
    ["texts", { model_versions: ["1", "orgs/a/models/b/versions/2"] }, [bare("1"), bare("2")]],
    ["a bare list", [3], [bare("3")]],
    [
      "objects",
      { versions: [{ version_id: 4, aliases: ["a"], syncStatus: "done" }] },
      [{ version: "4", aliases: ["a"], syncStatus: "done" }],
    ],
    [
      "operations",
      { model_versions: [{ ...example, name: "orgs/a/models/b/versions/5" }] },
      [{ version: "5", aliases: ["production"], syncStatus: "done" }],
    ],
    ["entries without a number", { model_versions: [null, {}, -1, 1.5, "x", { name: "op-1" }] }, []],
  ])("of %s is read", (_, json, expected) => {
    expect(parseVersions(json).report).toEqual(expected);
  });

  it.each([[null], [{}], [{ model_versions: {} }], ["text"]])("is not %j", (json) => {
    expect(() => parseVersions(json)).toThrow();
  });
});

import { describe, expect, test } from "vitest";
import { missingOptionals, tooOld } from "./lib/versions.mjs";

const locked = (versions) =>
  Object.fromEntries(
    Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version }]),
  );

describe("the version floor", () => {
  test("accepts the floor and everything newer", () => {
    expect(tooOld(locked({ next: "16.4.5", react: "20.0.0", undici: "7.30.2" }), "3.53.2")).toEqual([]);
  });

  test.each([
    [{ next: "16.4.4" }, "next is 16.4.4"],
    [{ next: "16.4.5-canary.3" }, "next is 16.4.5-canary.3"],
    [{ react: "19.2.7" }, "react is 19.2.7"],
    [{ undici: "6.99.0" }, "undici is 6.99.0"],
    [{ "next-auth": "4.24.9" }, "next-auth is 4.24.9"],
  ])("refuses %o", (versions, mistake) => {
    expect(tooOld(locked(versions), "3.53.2")).toEqual([expect.stringContaining(mistake)]);
  });

  test("refuses an old SQLite", () => {
    expect(tooOld({}, "3.45.0")).toEqual(["SQLite is 3.45.0 and must be 3.51.3 or newer"]);
  });
});

describe("optional packages in the lockfile", () => {
  const wants = (name) => ({ version: "1.0.0", optionalDependencies: { [name]: "1.0.0" } });

  test("are found beside the package, above it, and inside it", () => {
    const packages = {
      "": wants("top"),
      "node_modules/top": wants("inner"),
      "node_modules/top/node_modules/inner": wants("side"),
      "node_modules/@scope/side": {},
      "node_modules/side": wants("@scope/side"),
    };
    expect(missingOptionals(packages)).toEqual([]);
  });

  test("are missed", () => {
    expect(missingOptionals({ "node_modules/a/node_modules/b": wants("b-darwin-arm64") })).toEqual([
      "node_modules/a/node_modules/b wants b-darwin-arm64, which package-lock.json does not name",
    ]);
  });
});

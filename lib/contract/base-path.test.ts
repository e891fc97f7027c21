import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";

import { belowBase, toBasePath } from "./base-path";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

describe("a path below the base path", () => {
  it.each([
    ["/rollcall", "/"],
    ["/rollcall/", "/"],
    ["/rollcall?q=a", "/?q=a"],
    ["/rollcall#a", "/#a"],
    ["/rollcall/endpoints/a?q#h", "/endpoints/a?q#h"],
    ["/rollcall/rollcall", "/rollcall"],
    ["/rollcalls", null],
    ["/rollcall.example", null],
    ["/", null],
    ["/endpoints/rollcall/", null],
  ])("%s is %s", (path, below) => {
    expect(belowBase(path, "/rollcall")).toBe(below);
  });

  it("is the path itself at the root of a host", () => {
    fc.assert(fc.property(fc.webPath(), (path) => belowBase(path, "") === path));
  });

  it("is what was put behind the base path", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^(\/[\w.-]+){1,3}$/),
        fc.webPath(),
        fc.webQueryParameters(),
        (base, path, query) => {
          fc.pre(path.startsWith("/"));
          expect(belowBase(`${base}${path}?${query}`, base)).toBe(`${path}?${query}`);
        },
      ),
    );
  });
});

it.each([
  ["https://tools.example.com", ""],
  ["https://tools.example.com/rollcall", "/rollcall"],
  ["https://tools.example.com/a/b", "/a/b"],
])("the base path of %s is %j", (url, expected) => {
  expect(toBasePath(new URL(url))).toBe(expected);
});

/** Calls every function with an id that needs encoding, and collects every text. */
function everyPath(paths: object): string[] {
  return Object.values(paths).flatMap((path: unknown) => {
    if (typeof path === "string") return [path];
    if (typeof path !== "function") return [];
    const result: unknown = Reflect.apply(path, null, ["a b", "c/d", 0]);
    return typeof result === "string" ? [result] : [];
  });
}

it("stands before every path of a build that is made for one, and changes nothing else", async () => {
  vi.stubEnv("ROLLCALL_BASE_PATH", "");
  vi.resetModules();
  const atRoot = await import("./paths");
  vi.stubEnv("ROLLCALL_BASE_PATH", "/rollcall");
  vi.resetModules();
  const below = await import("./paths");
  const { demoPath } = await import("./demo");
  for (const name of ["apiPaths", "sharedPaths", "pagePaths"] as const) {
    const paths = everyPath(below[name]);
    expect(paths.length).toBeGreaterThan(3);
    expect(paths).toEqual(everyPath(atRoot[name]).map((path) => `/rollcall${path}`));
  }
  expect(demoPath("cut")).toBe("/rollcall/api/demo/cut");
});

import { readdirSync } from "node:fs";

import { expect, it } from "vitest";

import { toRoute } from "./to-route";

/** The path of every page and route of the source, with `{name}` for its parameters. */
const served = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)(page\.tsx|route\.ts)$/.test(file))
  .map((file) =>
    file
      .split("/")
      .slice(0, -1)
      .filter((folder) => !/^\(.*\)$/.test(folder)),
  )
  .map((folders) => `/${folders.map((folder) => folder.replace(/^\[(\w+)\]$/, "{$1}")).join("/")}`)
  // The demo's, and next-auth's.
  .filter((path) => !/^\/api\/(auth|demo)\//.test(path));

it.each(served)("names the route %s", (route) => {
  expect(toRoute(`${route.replaceAll(/\{\w+\}/g, "x-1")}?since=y`)).toBe(route);
});

it.each([
  ["/_next/static/chunks/a.js", "static"],
  ["/icon.svg", "static"],
  ["/badge/acme.svg", "/badge/{file}"],
  ["/badge/acme.json?theme=dark", "/badge/{file}"],
  ["/wp-login.php", "other"],
  ["/api/v1/endpoints/a/b/c/d", "other"],
  ["//", "other"],
  ["", "other"],
])("keeps the names few: %s is %s", (url, route) => {
  expect(toRoute(url)).toBe(route);
});

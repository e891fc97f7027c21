import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readBasePath } from "./lib/base-path.mjs";

const nowhere = join(tmpdir(), "no-such-settings-file");

it.each([
  [{}, ""],
  [{ ROLLCALL_URL: "https://tools.example.com" }, ""],
  [{ ROLLCALL_URL: "https://tools.example.com/" }, ""],
  [{ ROLLCALL_URL: "https://tools.example.com/rollcall" }, "/rollcall"],
  [{ ROLLCALL_URL: "https://tools.example.com/a/b/" }, "/a/b"],
  [{ ROLLCALL_URL: "https://tools.example.com/a%20b" }, ""],
  [{ ROLLCALL_URL: "tools.example.com/rollcall" }, ""],
  [{ ROLLCALL_BASE_PATH: "/rollcall/" }, "/rollcall"],
  [{ ROLLCALL_BASE_PATH: "", ROLLCALL_URL: "https://tools.example.com/rollcall" }, ""],
  [{ ROLLCALL_BASE_PATH: "/a", ROLLCALL_URL: "https://tools.example.com/b" }, "/a"],
])("%j is served at %j", (env, path) => {
  expect(readBasePath(env, nowhere)).toBe(path);
});

it("is also read from .env, which the environment overrides", () => {
  const file = join(mkdtempSync(join(tmpdir(), "rollcall-base-path-")), ".env");
  writeFileSync(file, "ROLLCALL_URL=https://tools.example.com/rollcall\n");
  expect(readBasePath({}, file)).toBe("/rollcall");
  expect(readBasePath({ ROLLCALL_URL: "https://rollcall.example.com" }, file)).toBe("");
});

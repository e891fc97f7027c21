import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { completeStandalone } from "./lib/application.mjs";
import { shareChunks } from "./lib/share-chunks.mjs";

test("the standalone output gets its assets and loses every copy of .env", () => {
  const root = mkdtempSync(join(tmpdir(), "rollcall-standalone-"));
  const write = (file, content) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
  };
  const standalone = (file) => join(root, ".next/standalone", file);
  write(".next/static/chunks/page.js", "page");
  write("public/icon.svg", "icon");
  write(".next/standalone/server.js", "start();");
  write(".next/standalone/.next/server/chunks/page.js", "page");
  for (const name of [".env", ".env.local", ".env.production"]) {
    write(`.next/standalone/${name}`, "CEREBRAS_MANAGEMENT_API_KEY=canary");
  }

  completeStandalone(root);

  expect(readFileSync(standalone(".next/static/chunks/page.js"), "utf8")).toBe("page");
  expect(readFileSync(standalone("public/icon.svg"), "utf8")).toBe("icon");
  expect(readFileSync(standalone("server.js"), "utf8")).toBe("console.log = console.error;\nstart();");
  for (const name of [".env", ".env.local", ".env.production"]) {
    expect(existsSync(standalone(name)), name).toBe(false);
  }
  rmSync(root, { recursive: true });
});

test("chunks that differ in their source map only are kept once, and load as before", () => {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-chunks-"));
  const chunk = (text, map) =>
    `module.exports=["${text.repeat(20_000)}"];\n\n//# sourceMappingURL=${map}.js.map`;
  mkdirSync(join(folder, "ssr"));
  const chunks = {
    "[a]__1.js": chunk("same", "1"),
    "[a]__2.js": chunk("same", "2"),
    "ssr/3.js": chunk("same", "3"),
    "ssr/4.js": chunk("other", "4"),
    "short1.js": "module.exports=[];",
    "short2.js": "module.exports=[];",
  };
  for (const [name, text] of Object.entries(chunks)) writeFileSync(join(folder, name), text);

  expect(shareChunks(folder)).toBeGreaterThan(150_000);

  const require = createRequire(join(folder, "test.js"));
  const load = (name) => require(join(folder, name));
  expect(load("ssr/3.js")).toBe(load("[a]__1.js"));
  expect(load("[a]__2.js")).toBe(load("[a]__1.js"));
  expect(load("[a]__1.js")).toEqual(["same".repeat(20_000)]);
  expect(load("ssr/4.js")).toEqual(["other".repeat(20_000)]);
  expect(load("short2.js")).not.toBe(load("short1.js"));
  rmSync(folder, { recursive: true });
});

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { completeStandalone } from "./lib/application.mjs";

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

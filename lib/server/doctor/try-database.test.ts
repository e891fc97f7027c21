import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, it, onTestFinished } from "vitest";

import { tryDatabase } from "./try-database";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "rollcall-doctor-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

it("creates no database, and says that the first start does", async () => {
  const directory = folder();
  const file = join(directory, "deep", "rollcall.db");
  const { place, problem } = await tryDatabase({ database: { engine: "sqlite", file } });
  expect(problem).toBeNull();
  expect(place).toContain("created at the first start");
  expect(readdirSync(directory)).toEqual([]);
});

it("says what is wrong with a file that is not a database", async () => {
  const file = join(folder(), "notes.db");
  writeFileSync(file, "notes, and no database".repeat(99));
  const { problem } = await tryDatabase({ database: { engine: "sqlite", file } });
  expect(problem?.reason).toMatch(/not a database/);
});

import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it, onTestFinished, vi } from "vitest";

import { openDatabase } from "../db/open-database";
import { migrate } from "../db/migrate";
import { engines } from "../db/testing/engines";

import { runExport, runImport, runPassword } from "./commands";
import { openExisting } from "./open-existing";
import { createProgram, toExitCode } from "./program";

/** Runs the command line without ending the process. */
async function rollcall(...words: string[]) {
  let said = "";
  let complained = "";
  const program = createProgram({ directory: "/tmp" });
  for (const each of [program, ...program.commands]) {
    each.configureOutput({ writeOut: (text) => (said += text), writeErr: (text) => (complained += text) });
  }
  const code = await program.parseAsync(words, { from: "user" }).then(() => 0, toExitCode);
  return { code, said, complained };
}

describe("the command line", () => {
  const commands = /start.*demo.*doctor.*backup.*restore.*export.*import.*password.*account.*token/s;

  it.each([["--help"], ["help"], ["-h"]])("explains every command: %s", async (...words) => {
    const { code, said } = await rollcall(...words);
    expect(code).toBe(0);
    expect(said).toMatch(commands);
    expect(said).toContain("npm run -s rollcall");
  });

  it("without a command lists the commands, as a usage error", async () => {
    const { code, complained } = await rollcall();
    expect(code).toBe(2);
    expect(complained).toMatch(commands);
  });

  it.each([
    ["help", "password"],
    ["password", "--help"],
  ])("explains one command: %s %s", async (...words) => {
    const { code, said } = await rollcall(...words);
    expect(code).toBe(0);
    expect(said).toMatch(/NAME.*ROLE.*administrator/s);
  });

  it.each([["pasword"], ["backup"], ["backup", "a", "b"], ["export", "--fast"], ["--fast"]])(
    "refuses wrong usage with its help: %j",
    async (...words) => {
      const { code, complained } = await rollcall(...words);
      expect(code).toBe(2);
      expect(complained).toMatch(/error: .*Usage: rollcall/s);
    },
  );
});

describe("a command on a database that does not exist", () => {
  const directory = () => {
    const made = mkdtempSync(join(tmpdir(), "rollcall-none-"));
    onTestFinished(() => rmSync(made, { recursive: true }));
    return made;
  };

  it.each([
    ["password", () => runPassword(["ada", "viewer"])],
    ["export", () => runExport()],
    ["import", () => runImport({ isNew: false })],
  ])("creates none and says where it looked: %s", async (_, run) => {
    const file = join(directory(), "deep", "rollcall.db");
    vi.stubEnv("DATABASE_URL", `file:${file}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(run()).rejects.toThrow(`names a file that does not exist: ${file}`);
    expect(existsSync(join(file, ".."))).toBe(false);
  });

  it("refuses another program's database file", async () => {
    const file = join(directory(), "empty.db");
    writeFileSync(file, "");
    await expect(openExisting({ engine: "sqlite", file })).rejects.toThrow(
      /DATABASE_URL .*has no Rollcall tables.*start Rollcall once/,
    );
  });

  it.each(engines)("opens what a server has made: $engine", async ({ newDatabase }) => {
    const address = await newDatabase();
    await expect(openExisting(address)).rejects.toThrow();
    const db = openDatabase(address);
    await migrate(db);
    await db.destroy();
    await (await openExisting(address)).destroy();
  });
});

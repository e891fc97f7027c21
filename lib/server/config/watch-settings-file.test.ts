import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, it, onTestFinished, vi } from "vitest";

import { createLog } from "@/lib/server/log";

import { readSettingsFile } from "./settings-file";
import { watchSettingsFile } from "./watch-settings-file";

const acme = "  - { name: acme, key: acme-key }\n";
const globex = "  - { name: globex, key: globex-key }\n";

/** Watches a file that names acme. `step` lets a second pass. */
function watchFile() {
  vi.useFakeTimers({ toFake: ["setInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const folder = mkdtempSync(join(tmpdir(), "rollcall-settings-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "rollcall.yaml");
  const write = (organizations: string) => writeFileSync(file, `organizations:\n${organizations}`);
  write(acme);
  const { organizations } = readSettingsFile(file, {});
  if (organizations === null) throw new Error("The file has mistakes.");
  const applied: string[][] = [];
  const faults: Error[] = [];
  const lines: string[] = [];
  const watch = watchSettingsFile(
    { configFile: file, organizations },
    {
      log: createLog(
        () => [],
        (line) => lines.push(line),
      ),
      toProblem: () => "the database is away",
      onChange: (wanted) => {
        applied.push(wanted.map(({ org }) => org ?? ""));
        const [fault] = faults;
        return fault === undefined ? Promise.resolve() : Promise.reject(fault);
      },
    },
  );
  const step = () => vi.advanceTimersByTimeAsync(1_000);
  return { ...watch, write, applied, faults, lines, step };
}

it("a change that cannot be applied is reported, logged once, and retried until it succeeds", async () => {
  const { write, applied, faults, lines, step, pending } = watchFile();
  await step();
  expect(applied).toEqual([]);

  faults.push(new Error("away"));
  write(acme + globex);
  for (let seconds = 0; seconds < 3; seconds += 1) await step();
  expect(applied).toEqual([
    ["acme", "globex"],
    ["acme", "globex"],
    ["acme", "globex"],
  ]);
  expect(pending()?.problem).toBe("the database is away");
  expect(lines.filter((line) => line.includes("could not be applied"))).toHaveLength(1);

  faults.length = 0;
  await step();
  expect(pending()).toBeNull();
  expect(lines.at(-1)).toContain("settings file applied");
  await step();
  expect(applied).toHaveLength(4);
});

it("after a change is reverted before it was applied, the previous settings still apply", async () => {
  const { write, applied, faults, step, pending } = watchFile();
  faults.push(new Error("away"));
  write(acme + globex);
  await step();
  write(acme);
  faults.length = 0;
  await step();
  expect(applied.at(-1)).toEqual(["acme"]);
  expect(pending()).toBeNull();
});

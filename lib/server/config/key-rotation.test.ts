import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";

import { createKeyReader } from "./management-key";

async function start() {
  const directory = mkdtempSync(join(tmpdir(), "rollcall-rotation-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, "key");
  writeFileSync(file, "csk-one");
  utimesSync(file, 1_000, 1_000);
  const reader = createKeyReader({ file });
  onTestFinished(reader.close);
  const changed = vi.fn();
  reader.onChange(changed);
  await reader.readKey();
  return { file, reader, changed };
}

/** The file is checked once a second. */
function waitForCheck(): void {
  vi.advanceTimersByTime(1_000);
}

describe("a key that is replaced", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each(["in place", "by a rename"])("%s by one as long and as old is noticed", async (way) => {
    const { file, reader, changed } = await start();
    const target = way === "in place" ? file : `${file}.new`;
    writeFileSync(target, "csk-two");
    utimesSync(target, 1_000, 1_000);
    renameSync(target, file);
    await vi.waitFor(() => {
      waitForCheck();
      expect(reader.secrets().at(-1)).toBe("csk-two");
    });
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it("by a directory or an unreadable file leaves the last one in use", async () => {
    const { file, reader, changed } = await start();
    rmSync(file);
    mkdirSync(file);
    waitForCheck();
    expect(await reader.readKey()).toBe("csk-one");
    rmSync(file, { recursive: true });
    writeFileSync(file, "csk-hidden");
    chmodSync(file, 0o000);
    waitForCheck();
    // Root can still read it.
    expect(["csk-one", "csk-hidden"]).toContain(reader.secrets().at(-1));
    chmodSync(file, 0o600);
    waitForCheck();
    expect(reader.secrets().at(-1)).toBe("csk-hidden");
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it("by an invalid one is reported once without being quoted, and once more when it is valid again", async () => {
    const { file, reader } = await start();
    const reported = vi.fn();
    reader.onProblem(reported);
    writeFileSync(file, "csk two\n");
    waitForCheck();
    waitForCheck();
    expect(reported.mock.calls).toEqual([[expect.stringMatching(/^The key file holds a space/)]]);
    expect(JSON.stringify(reported.mock.calls)).not.toContain("two");
    rmSync(file);
    waitForCheck();
    expect(reported).toHaveBeenLastCalledWith("The key file cannot be read (ENOENT).");
    expect(await reader.readKey()).toBe("csk-one");
    writeFileSync(file, "csk-three");
    waitForCheck();
    expect(reported).toHaveBeenLastCalledWith(null);
    expect(reported).toHaveBeenCalledTimes(3);
    expect(reader.secrets()).toEqual(["csk-one", "csk-three"]);
  });

  it("is noticed each time, until the reader is closed", async () => {
    const { file, reader, changed } = await start();
    for (const key of ["csk-a", "csk-bb", "csk-a"]) {
      writeFileSync(file, key);
      waitForCheck();
      expect(reader.secrets().at(-1)).toBe(key);
    }
    expect(changed).toHaveBeenCalledTimes(3);
    reader.close();
    writeFileSync(file, "csk-late");
    waitForCheck();
    expect(reader.secrets().at(-1)).toBe("csk-a");
  });
});

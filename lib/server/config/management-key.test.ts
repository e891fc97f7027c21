import { mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";

import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";

import { createKeyReader } from "./management-key";

const unusable = [
  "csk\n\n",
  "csk canary",
  "csk\r\nX-Evil: canary",
  "csk\0canary",
  "schlüssel",
  "\ufeffcsk-canary",
  '"csk-canary"',
  "'csk-canary'",
  "c".repeat(513),
  "",
];

function keyFile(content: string): string {
  const directory = mkdtempSync(join(tmpdir(), "rollcall-key-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, "key");
  writeFileSync(file, content);
  return file;
}

function readerOf(file: string) {
  const reader = createKeyReader({ file });
  onTestFinished(reader.close);
  return reader;
}

/** The file is checked once a second. */
function waitForCheck(): void {
  vi.advanceTimersByTime(1_000);
}

describe("a fixed key", () => {
  it("is handed out", async () => {
    const reader = createKeyReader({ value: "csk-fixed" });
    expect(await reader.readKey()).toBe("csk-fixed");
    expect(reader.secrets().at(-1)).toBe("csk-fixed");
  });

  it.each(unusable)("is refused without being quoted: %j", (value) => {
    try {
      createKeyReader({ value });
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ name: "InvalidKeyError" });
      expect(inspect(error)).not.toContain("canary");
    }
  });
});

describe("a key in a file", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each(["csk-file", "csk-file\n", "csk-file\r\n"])("is read from %j", async (content) => {
    const reader = readerOf(keyFile(content));
    expect(reader.secrets()).toEqual([]);
    expect(await reader.readKey()).toBe("csk-file");
    expect(reader.secrets().at(-1)).toBe("csk-file");
  });

  it.each(unusable)("is refused without being quoted: %j", async (content) => {
    const problem = await readerOf(keyFile(content))
      .readKey()
      .catch((error: unknown) => error);
    expect(problem).toMatchObject({ name: "InvalidKeyError" });
    expect(inspect(problem)).not.toContain("canary");
  });

  it("is refused if it has a megabyte or is not a regular file", async () => {
    await expect(readerOf(keyFile("c".repeat(1_000_000))).readKey()).rejects.toThrow("is larger than 4 kB");
    await expect(readerOf(tmpdir()).readKey()).rejects.toThrow("is not a regular file");
    await expect(readerOf("/dev/zero").readKey()).rejects.toThrow("is not a regular file");
  });

  it("of 512 characters is read", async () => {
    expect(await readerOf(keyFile("c".repeat(512))).readKey()).toHaveLength(512);
  });

  it("rejects while the file is missing, and is found when it appears", async () => {
    const file = keyFile("csk-file");
    renameSync(file, `${file}.away`);
    const reader = readerOf(file);
    await expect(reader.readKey()).rejects.toThrow("ENOENT");
    renameSync(`${file}.away`, file);
    expect(await reader.readKey()).toBe("csk-file");
  });

  it("is read again when it is replaced, and notifies once", async () => {
    const file = keyFile("csk-one");
    const reader = readerOf(file);
    const changed = vi.fn();
    reader.onChange(changed);
    await reader.readKey();
    writeFileSync(`${file}.new`, "csk-two\n");
    renameSync(`${file}.new`, file);
    waitForCheck();
    expect(reader.secrets().at(-1)).toBe("csk-two");
    expect(await reader.readKey()).toBe("csk-two");
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it("is read again when a link to it changes, as mounted secrets do", async () => {
    const file = keyFile("csk-one");
    writeFileSync(`${file}.two`, "csk-two");
    const link = `${file}.link`;
    symlinkSync(file, link);
    const reader = readerOf(link);
    expect(await reader.readKey()).toBe("csk-one");
    symlinkSync(`${file}.two`, `${link}.new`);
    renameSync(`${link}.new`, link);
    waitForCheck();
    expect(reader.secrets().at(-1)).toBe("csk-two");
  });

  it("notifies no one when the file is touched without a change", async () => {
    const file = keyFile("csk-one");
    const reader = readerOf(file);
    const changed = vi.fn();
    reader.onChange(changed);
    await reader.readKey();
    utimesSync(file, 1, 1);
    waitForCheck();
    expect(reader.secrets().at(-1)).toBe("csk-one");
    expect(changed).not.toHaveBeenCalled();
  });

  it("stays in use while the file is missing or invalid, until the next valid one", async () => {
    const file = keyFile("csk-one");
    const reader = readerOf(file);
    const changed = vi.fn();
    reader.onChange(changed);
    await reader.readKey();
    rmSync(file);
    waitForCheck();
    expect(await reader.readKey()).toBe("csk-one");
    writeFileSync(file, "half a key");
    waitForCheck();
    expect(await reader.readKey()).toBe("csk-one");
    writeFileSync(file, "csk-three");
    waitForCheck();
    expect(reader.secrets().at(-1)).toBe("csk-three");
    expect(changed).toHaveBeenCalledTimes(1);
  });
});

import { describe, expect, it } from "vitest";

import { keepReply } from "./raw-reply";

const most = 64 * 1024;

describe("keepReply", () => {
  it("keeps up to 64 kB unchanged, including a byte order mark", () => {
    const text = `\ufeff{"a":"ü"}`.padEnd(1_000);
    expect(keepReply(Buffer.from(text), ["a"])).toEqual({
      body: text,
      isShortened: false,
      unreadFields: ["a"],
      bytes: Buffer.byteLength(text),
    });
    expect(keepReply(Buffer.alloc(most, "x"), [])).toMatchObject({ isShortened: false });
  });

  it.each(["x", "ü", "€", "🧿"])("cuts between two %s, not within one", (character) => {
    const { body, isShortened, bytes } = keepReply(Buffer.from(`a${character.repeat(most)}`), []);
    expect(isShortened).toBe(true);
    expect(bytes).toBe(Buffer.byteLength(character) * most + 1);
    expect(Buffer.byteLength(body)).toBeGreaterThan(most - 4);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(most);
    expect(body).toBe(`a${character.repeat((body.length - 1) / character.length)}`);
  });

  it("stays within 64 kB if invalid UTF-8 makes the text longer", () => {
    const { body, isShortened } = keepReply(Buffer.alloc(most, 0xff), []);
    expect(isShortened).toBe(true);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(most);
  });
});

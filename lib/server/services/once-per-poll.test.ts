import { describe, expect, it } from "vitest";

import { newMemory } from "@/lib/server/watch/endpoint-memory";

import { createOncePerPoll } from "./once-per-poll";

function counting() {
  let made = 0;
  return { make: () => Promise.resolve(++made), made: () => made };
}

describe("once per poll", () => {
  it("makes one answer for many viewers", async () => {
    const oncePerPoll = createOncePerPoll<number>();
    const memory = newMemory("a", 1_000);
    const { make, made } = counting();
    const answers = await Promise.all(Array.from({ length: 50 }, () => oncePerPoll(memory, "x", make)));
    expect(new Set(answers)).toEqual(new Set([1]));
    expect(made()).toBe(1);
  });

  it("makes another after the next poll, and for another name", async () => {
    const oncePerPoll = createOncePerPoll<number>();
    const { make, made } = counting();
    const memory = newMemory("a", 1_000);
    await oncePerPoll(memory, "x", make);
    await oncePerPoll(memory, "y", make);
    await oncePerPoll({ ...memory }, "x", make);
    expect(made()).toBe(3);
  });

  it("remembers a bounded number of names", async () => {
    const oncePerPoll = createOncePerPoll<number>();
    const memory = newMemory("a", 1_000);
    const { make, made } = counting();
    for (let nth = 0; nth < 300; nth += 1) await oncePerPoll(memory, `made up ${nth}`, make);
    await oncePerPoll(memory, "made up 0", make);
    expect(made()).toBe(300);
    await oncePerPoll(memory, "made up 299", make);
    expect(made()).toBe(301);
  });

  it("makes an answer that does not last again", async () => {
    const oncePerPoll = createOncePerPoll<number>((answer) => answer > 1);
    const memory = newMemory("a", 1_000);
    const { make } = counting();
    const answers = [];
    for (let nth = 0; nth < 3; nth += 1) answers.push(await oncePerPoll(memory, "x", make));
    expect(answers).toEqual([1, 2, 2]);
  });

  it("forgets a making that failed", async () => {
    const oncePerPoll = createOncePerPoll<string>();
    const memory = newMemory("a", 1_000);
    await expect(oncePerPoll(memory, "x", () => Promise.reject(new Error("locked")))).rejects.toThrow(
      "locked",
    );
    await expect(oncePerPoll(memory, "x", () => Promise.resolve("made"))).resolves.toBe("made");
  });
});

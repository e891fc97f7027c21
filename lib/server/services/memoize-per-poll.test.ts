import { describe, expect, it } from "vitest";

import { newEndpointState } from "@/lib/server/state/endpoint-state";

import { newDatabasePath } from "@/lib/server/db/testing/history-file";

import { encodeText } from "./answer";
import { createMemoPerPoll, createMemoizePerPoll } from "./memoize-per-poll";
import { openTestContext } from "./testing/context";

function counting() {
  let made = 0;
  return { make: () => Promise.resolve(++made), made: () => made };
}

describe("once per poll", () => {
  it("makes one answer for many viewers", async () => {
    const memoPerPoll = createMemoPerPoll<number>();
    const endpointState = newEndpointState("a", 1_000);
    const { make, made } = counting();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => memoPerPoll(endpointState, "x", make)),
    );
    expect(new Set(answers)).toEqual(new Set([1]));
    expect(made()).toBe(1);
  });

  it("makes another after the next poll, and for another name", async () => {
    const memoPerPoll = createMemoPerPoll<number>();
    const { make, made } = counting();
    const endpointState = newEndpointState("a", 1_000);
    await memoPerPoll(endpointState, "x", make);
    await memoPerPoll(endpointState, "y", make);
    await memoPerPoll({ ...endpointState }, "x", make);
    expect(made()).toBe(3);
  });

  it("remembers a bounded number of names", async () => {
    const memoPerPoll = createMemoPerPoll<number>();
    const endpointState = newEndpointState("a", 1_000);
    const { make, made } = counting();
    for (let nth = 0; nth < 300; nth += 1) await memoPerPoll(endpointState, `made up ${nth}`, make);
    await memoPerPoll(endpointState, "made up 0", make);
    expect(made()).toBe(300);
    await memoPerPoll(endpointState, "made up 299", make);
    expect(made()).toBe(301);
  });

  it("makes an answer that does not last again", async () => {
    const memoPerPoll = createMemoPerPoll<number>((answer) => answer > 1);
    const endpointState = newEndpointState("a", 1_000);
    const { make } = counting();
    const answers = [];
    for (let nth = 0; nth < 3; nth += 1) answers.push(await memoPerPoll(endpointState, "x", make));
    expect(answers).toEqual([1, 2, 2]);
  });

  it("forgets a making that failed", async () => {
    const memoPerPoll = createMemoPerPoll<string>();
    const endpointState = newEndpointState("a", 1_000);
    await expect(memoPerPoll(endpointState, "x", () => Promise.reject(new Error("locked")))).rejects.toThrow(
      "locked",
    );
    await expect(memoPerPoll(endpointState, "x", () => Promise.resolve("made"))).resolves.toBe("made");
  });
});

it("what was made while history could not be written is made again once it can", async () => {
  const ctx = await openTestContext(newDatabasePath());
  ctx.endpointStore.of("acme")?.set(newEndpointState("a", 1_000));
  const outage = { since: 1_000, problem: "locked" };
  const during = { ...ctx, election: { ...ctx.election, outage: () => outage } };
  const memoizePerPoll = createMemoizePerPoll<string>();
  const { make, made } = counting();
  const ask = async (from: typeof ctx) => {
    const encoded = async () => encodeText(String(await make()), {});
    return (await memoizePerPoll(from, { endpointId: "a", name: "x" }, encoded)).body;
  };
  const bodies = [await ask(during), await ask(during), await ask(ctx), await ask(ctx)];
  expect(bodies).toEqual(["1", "1", "2", "2"]);
  expect(made()).toBe(2);
});

import { setImmediate as turn } from "node:timers/promises";

import { expect, it } from "vitest";

import { createTurns } from "./before-next";

it("runs one task per turn of the event loop, in order, those added meanwhile last", async () => {
  const ran: string[] = [];
  const inTurn = createTurns();
  for (const name of ["a", "b", "c"]) inTurn(() => ran.push(name));
  const seen: number[] = [];
  for (let turns = 0; turns < 3; turns += 1) {
    await turn();
    seen.push(ran.length);
    if (turns === 0) inTurn(() => ran.push("d"));
  }
  expect(seen).toEqual([1, 2, 3]);
  await turn();
  expect(ran).toEqual(["a", "b", "c", "d"]);
  inTurn(() => ran.push("e"));
  await turn();
  expect(ran.at(-1)).toBe("e");
});

import { expect, it } from "vitest";

import { HistoryUnavailable } from "@/lib/server/history/database-problem";
import { firstSight } from "@/lib/server/history/testing/entries";
import { newDatabasePath, openTestStore } from "@/lib/server/history/testing/history-file";
import { systemClock } from "@/lib/server/watch/clock";
import { loadMemories } from "@/lib/server/watch/load-memory";

import { createOncePerPoll } from "./once-per-poll";
import { readCourse, type Course } from "./read-course";

it("a course made from memory while the database is away is not kept once it is back", async () => {
  const history = await openTestStore(newDatabasePath());
  await history.write([firstSight(1_000)]);
  const memories = await loadMemories(history, ["acme"], () => 1_000, systemClock);
  const memory = memories.get("acme");
  if (memory === undefined || memory instanceof Error) throw memory ?? new Error("Not in history.");
  const oncePerPoll = createOncePerPoll<Course | null>((course) => course?.isStopgap !== true);
  const away = { ...history, readTimeline: () => Promise.reject(new HistoryUnavailable("away")) };
  const ask = (from: typeof history) => oncePerPoll(memory, "d1", () => readCourse(from, memory, "d1"));
  expect((await ask(away))?.isStopgap).toBe(true);
  expect((await ask(history))?.isStopgap).toBe(false);
  // What history told is kept for as long as the memory is the newest.
  expect((await ask(away))?.isStopgap).toBe(false);
});

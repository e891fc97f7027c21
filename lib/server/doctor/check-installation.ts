import "server-only";

import type { Check } from "@/lib/domain/check";
import { minute, type Duration } from "@/lib/domain/instant";
import { formatDuration, formatUntil } from "@/lib/presentation/duration";

import type { DatabaseFacts, DoctorFacts } from "./facts";

/** Past this, a poll that was due is not merely behind a slow answer. */
const overdue: Duration = minute;

/** Whether the settings can be started with. */
export function checkConfiguration({
  mistakes,
  isRunning,
}: Pick<DoctorFacts, "mistakes" | "isRunning">): Check {
  const name = "Configuration";
  if (mistakes.length === 0) return { name, state: "ok", says: "Every setting is in order.", remedy: null };
  const says = mistakes.map(({ setting, problem }) => `${setting} ${problem}`).join(" ");
  return {
    name,
    state: "failing",
    says,
    remedy: isRunning
      ? "Correct the file; it is read again by itself. Until then the former settings stay in force."
      : "Correct it and start again; docs/settings.md describes every setting.",
  };
}

const databaseRemedies: Record<DatabaseFacts["engine"], string> = {
  sqlite: "See to free space and to the rights on the folder in DATABASE_URL.",
  postgres: "See that PostgreSQL runs, has space, and lets the user in DATABASE_URL write.",
};

/** Whether history can be saved. */
export function checkDatabase({ engine, place, problem }: DatabaseFacts, now: number): Check {
  const name = "Database";
  if (problem === null) return { name, state: "ok", says: `${place} can be written.`, remedy: null };
  const lasting = problem.since === null ? "" : ` for ${formatDuration(now - problem.since)}`;
  return {
    name,
    state: "failing",
    says: `${place} cannot be written${lasting}: ${problem.reason}`,
    remedy: `${databaseRemedies[engine]} Saving resumes by itself.`,
  };
}

/** Whether somebody asks Cerebras. */
export function checkWatcher({ watcher }: Pick<DoctorFacts, "watcher">): Check {
  const name = "Watcher";
  switch (watcher.kind) {
    case "here":
      return { name, state: "ok", says: "This process asks Cerebras, for everybody.", remedy: null };
    case "elsewhere":
      return {
        name,
        state: "ok",
        says: "Another instance asks Cerebras; this one stands by to take over.",
        remedy: null,
      };
    case "nowhere":
      return {
        name,
        state: "unknown",
        says: "Checked from the command line: whether a Rollcall watches is not seen from here.",
        remedy: "Start Rollcall and open /doctor.",
      };
  }
}

/** Whether the next question is planned. */
export function checkNextPoll({ watcher, now }: Pick<DoctorFacts, "watcher" | "now">): Check {
  const name = "Next poll";
  if (watcher.kind === "nowhere") {
    return {
      name,
      state: "unknown",
      says: "Nothing is planned before the start.",
      remedy: "Start Rollcall and open /doctor.",
    };
  }
  if (watcher.nextPollAt === null) {
    return {
      name,
      state: "unknown",
      says: "No question is planned yet.",
      remedy: "Wait a few seconds and look again.",
    };
  }
  const left = watcher.nextPollAt - now;
  if (left >= -overdue)
    return { name, state: "ok", says: `Cerebras is asked next ${formatUntil(left)}.`, remedy: null };
  return {
    name,
    state: "failing",
    says: `A question has been due for ${formatDuration(-left)}.`,
    remedy: "Start Rollcall again, and report its log: the watcher should never stand still.",
  };
}

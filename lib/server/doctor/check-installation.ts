import "server-only";

import type { Check } from "@/lib/domain/check";
import { minute, type Duration } from "@/lib/domain/instant";
import { formatUntil } from "@/lib/presentation/age";
import { formatDuration } from "@/lib/presentation/duration";

import type { DatabaseFacts, DoctorFacts } from "./facts";

/** Beyond this, a poll is not merely waiting for a slow reply. */
const overdue: Duration = minute;

/** Whether the settings are valid. */
export function checkConfiguration({
  mistakes,
  isRunning,
}: Pick<DoctorFacts, "mistakes" | "isRunning">): Check {
  const name = "Configuration";
  if (mistakes.length === 0) return { name, state: "ok", says: "All settings are valid.", remedy: null };
  const says = mistakes.map(({ setting, problem }) => `${setting} ${problem}`).join(" ");
  return {
    name,
    state: "failing",
    says,
    remedy: isRunning
      ? "Correct the file; Rollcall reads it again automatically. Until then the previous settings still apply."
      : "Correct it and start again; docs/settings.md describes every setting.",
  };
}

const databaseRemedies: Record<DatabaseFacts["engine"], string> = {
  sqlite: "Check free disk space and the permissions of the folder in DATABASE_URL.",
  postgres: "Check that PostgreSQL is running, has free space, and that the user in DATABASE_URL can write.",
};

/** Whether history can be saved. */
export function checkDatabase({ engine, place, problem }: DatabaseFacts, now: number): Check {
  const name = "Database";
  if (problem === null) return { name, state: "ok", says: `${place} is writable.`, remedy: null };
  const lasting = problem.since === null ? "" : ` for ${formatDuration(now - problem.since)}`;
  return {
    name,
    state: "failing",
    says: `${place} is not writable${lasting}: ${problem.reason}`,
    remedy: `${databaseRemedies[engine]} Saving resumes automatically.`,
  };
}

/** Whether any instance polls Cerebras. */
export function checkWatcher({ watcher }: Pick<DoctorFacts, "watcher">): Check {
  const name = "Polling";
  switch (watcher.kind) {
    case "here":
      return { name, state: "ok", says: "This server polls Cerebras.", remedy: null };
    case "elsewhere":
      return {
        name,
        state: "ok",
        says: "Another server polls Cerebras; this one is ready to take over.",
        remedy: null,
      };
    case "nowhere":
      return {
        name,
        state: "unknown",
        says: "The command line cannot see whether a server is polling.",
        remedy: "Start Rollcall and open /doctor.",
      };
  }
}

/** Whether the next poll is scheduled. */
export function checkNextPoll({ watcher, now }: Pick<DoctorFacts, "watcher" | "now">): Check {
  const name = "Next poll";
  if (watcher.kind === "nowhere") {
    return {
      name,
      state: "unknown",
      says: "No poll is scheduled before the server starts.",
      remedy: "Start Rollcall and open /doctor.",
    };
  }
  if (watcher.nextPollAt === null) {
    return {
      name,
      state: "unknown",
      says: "No poll is scheduled yet.",
      remedy: "Wait a few seconds and check again.",
    };
  }
  const left = watcher.nextPollAt - now;
  const { stretchedTo } = watcher;
  const idleInterval =
    stretchedTo === null
      ? ""
      : ` Idle endpoints are polled every ${formatDuration(stretchedTo)}, to stay within the request limit.`;
  if (left >= -overdue)
    return {
      name,
      state: "ok",
      says: `The next poll is ${formatUntil(watcher.nextPollAt, now)}.${idleInterval}`,
      remedy: null,
    };
  return {
    name,
    state: "failing",
    says: `A poll is overdue by ${formatDuration(-left)}.`,
    remedy: "Restart Rollcall, and report its log as a bug: polling should never stop.",
  };
}

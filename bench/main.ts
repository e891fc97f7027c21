import { measureAlerts } from "./alerts";
import { measureBusyFleet } from "./busy-fleet";
import { measureDatabaseAway } from "./database-away";
import { measureEndurance } from "./endurance";
import { measureFace } from "./face";
import { measureFanOut, measureFanOutOfThree } from "./fan-out";
import { measureFleet } from "./fleet";
import { measureFreshness } from "./freshness";
import { measureFullDisk } from "./full-disk";
import { measureGrowingMessages } from "./growing-messages";
import { measureGuesses } from "./guesses";
import { measureIdleFleet } from "./idle-fleet";
import { measureHistory, measureHistoryOnPostgres } from "./history";
import { measureKills, measureKillsOnPostgres } from "./kill";
import { measureLeak } from "./leak";
import { measureLeftOpen } from "./left-open";
import { measureMetrics } from "./metrics";
import { measureNavigation } from "./navigation";
import { measureNotifications, measureNotificationsOnPostgres } from "./notifications";
import { measureNotificationsDay } from "./notifications-day/measure";
import { measurePage } from "./page";
import { measurePoll } from "./poll";
import { measurePooler } from "./pooler";
import { measureRollingUpgrade } from "./rolling-upgrade";
import { measureStart } from "./start";
import { printTable, type Row } from "./support/table";
import { measureTakeovers } from "./takeover";
import { measureTakeoverOfMany } from "./takeover-many";
import { measureTimeLeft } from "./time-left/measure";

type Measure = { about: string; measure: (isShort: boolean, from: string | null) => Promise<Row[]> };

/** Every measured promise by its name. */
const measures = new Map<string, Measure>([
  [
    "page",
    {
      about: "first paint of the endpoint page, compared with the same page without scripts and a bare page",
      measure: measurePage,
    },
  ],
  ["navigation", { about: "from a click on a link to the next page's headline", measure: measureNavigation }],
  [
    "poll",
    {
      about: "bytes and CPU of a poll, compared with /livez and bare node:http",
      measure: measurePoll,
    },
  ],
  ["fan-out", { about: "upstream calls and latency with 1, 200 and 1,000 viewers", measure: measureFanOut }],
  [
    "fan-out-of-three",
    { about: "the same viewers at three instances on PostgreSQL", measure: measureFanOutOfThree },
  ],
  ["freshness", { about: "from a change upstream to the number on screen", measure: measureFreshness }],
  [
    "notifications",
    {
      about: "messages to receivers that fail half of the time, by a server that is killed",
      measure: measureNotifications,
    },
  ],
  ["notifications-postgres", { about: "the same on PostgreSQL", measure: measureNotificationsOnPostgres }],
  [
    "notifications-day",
    { about: "messages of a simulated day of 40 endpoints, by event", measure: measureNotificationsDay },
  ],
  ["start", { about: "startup time of npm start and npm run demo", measure: measureStart }],
  ["kill", { about: "what SQLite keeps after the server is killed", measure: measureKills }],
  ["kill-postgres", { about: "the same on PostgreSQL", measure: measureKillsOnPostgres }],
  [
    "database-away",
    { about: "viewers while the database is down, silent, slow or locked", measure: measureDatabaseAway },
  ],
  ["pooler", { about: "two servers behind PgBouncer, which must be installed", measure: measurePooler }],
  ["full-disk", { about: "a rollout while the disk is full (needs root)", measure: measureFullDisk }],
  [
    "rolling-upgrade",
    {
      about:
        "three instances behind nginx, which must be installed, are replaced under 200 viewers (--from=<commit>)",
      measure: measureRollingUpgrade,
    },
  ],
  ["takeover", { about: "three instances; the leader is killed", measure: measureTakeovers }],
  [
    "takeover-many",
    {
      about: "start and takeover with 2,000 endpoints, 2 ms from PostgreSQL",
      measure: measureTakeoverOfMany,
    },
  ],
  [
    "growing-messages",
    { about: "a new error message of 16 KiB in each reply, 8 minutes", measure: measureGrowingMessages },
  ],
  [
    "guesses",
    { about: "guessing passwords: attempts evaluated, and timing differences", measure: measureGuesses },
  ],
  ["history", { about: "three queries over five years, compared with one week", measure: measureHistory }],
  ["history-postgres", { about: "the same on PostgreSQL", measure: measureHistoryOnPostgres }],
  [
    "face",
    {
      about: "positions, sizes, targets, layout shifts, announcements and agreement of the pages",
      measure: measureFace,
    },
  ],
  [
    "busy-fleet",
    { about: "500 endpoints that change at every poll: event loop and memory", measure: measureBusyFleet },
  ],
  [
    "idle-fleet",
    { about: "upstream calls of an idle fleet, and the delay of a new rollout", measure: measureIdleFleet },
  ],
  ["fleet", { about: "a fleet of 1,000: first paint, typing, bytes of a poll", measure: measureFleet }],
  ["endurance", { about: "a wall over 20,000 polls: memory of tab and server", measure: measureEndurance }],
  [
    "left-open",
    {
      about: "main thread of endpoint, fleet and wall left open, still and rolling",
      measure: measureLeftOpen,
    },
  ],
  [
    "alerts",
    {
      about: "the shipped alert rules in a real Prometheus, which must be installed",
      measure: measureAlerts,
    },
  ],
  ["metrics", { about: "samples, bytes and time of a scrape of 1,000 endpoints", measure: measureMetrics }],
  ["time-left", { about: "time left and stalls on 1,200 simulated rollouts", measure: measureTimeLeft }],
  ["leak", { about: "memory of the server over many polls", measure: measureLeak }],
]);

// An interrupted bench also ends what it started and removes what it wrote.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

const names = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const isShort = process.argv.includes("--short");
/** The commit whose build `rolling-upgrade` begins with. */
const from = process.argv.find((argument) => argument.startsWith("--from="))?.slice("--from=".length) ?? null;
const unknown = names.filter((name) => !measures.has(name));

if (names.length === 0 || unknown.length > 0) {
  console.log("npm run bench -- <name> … [--short] [--from=<commit>]\n");
  for (const [name, { about }] of measures) console.log(`  ${name.padEnd(18)}${about}`);
  process.exit(unknown.length > 0 ? 2 : 0);
}

let isMissed = false;
for (const name of names) {
  const rows = (await measures.get(name)?.measure(isShort, from)) ?? [];
  isMissed = printTable(name, rows) || isMissed;
}
process.exit(isMissed ? 1 : 0);

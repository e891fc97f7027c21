import { measureFanOut } from "./fan-out";
import { measureFreshness } from "./freshness";
import { measureKills } from "./kill";
import { measurePage } from "./page";
import { measurePoll } from "./poll";
import { measureStart } from "./start";
import { printTable, type Row } from "./support/table";

/** Every measured promise by its name; `isShort` asks for the form that fits into a minute. */
const measures: Record<string, (isShort: boolean) => Promise<Row[]>> = {
  page: measurePage,
  poll: measurePoll,
  "fan-out": measureFanOut,
  freshness: measureFreshness,
  start: measureStart,
  kill: measureKills,
};

const names = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const isShort = process.argv.includes("--short");
const unknown = names.filter((name) => !(name in measures));

if (names.length === 0 || unknown.length > 0) {
  console.log(`npm run bench -- <name> … [--short], with a name of: ${Object.keys(measures).join(", ")}`);
  process.exit(unknown.length > 0 ? 2 : 0);
}

let isMissed = false;
for (const name of names) {
  const rows = (await measures[name]?.(isShort)) ?? [];
  isMissed = printTable(name, rows) || isMissed;
}
process.exit(isMissed ? 1 : 0);

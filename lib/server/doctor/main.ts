import "server-only";

import { type Check } from "@/lib/domain/check";
import { diagnosticsSentence } from "@/lib/presentation/check-words";

import { diagnoseBeforeStart } from "./diagnose-before-start";

const marks: Record<Check["state"], string> = {
  ok: "OK     ",
  warning: "WARNING",
  failing: "FAIL   ",
  unknown: "UNKNOWN",
};

/** One line per check, followed by its remedy if it has one. */
function toLines(checks: readonly Check[]): string[] {
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks.flatMap(({ name, state, says, remedy }) => [
    `${marks[state]}  ${name.padEnd(width)}  ${says}`,
    ...(remedy === null ? [] : [`${" ".repeat(width + 11)}${remedy}`]),
  ]);
}

const checks = await diagnoseBeforeStart();
const isFailing = checks.some(({ state }) => state === "failing");
const answer = process.argv.includes("--json")
  ? JSON.stringify({ isWell: !isFailing, checks }, null, 2)
  : [...toLines(checks), "", diagnosticsSentence(checks)].join("\n");
process.stdout.write(`${answer}\n`);
process.exitCode = isFailing ? 1 : 0;

import { rmSync } from "node:fs";

import { Postgres } from "../../e2e/support/postgres";
import { Rollcall, type Settings } from "../../e2e/support/rollcall";
import { Simulator } from "../../e2e/support/simulator";

export type Stage = { simulator: Simulator; rollcall: Rollcall };

/** Runs a measurement beside a simulator and the built application, and ends both in any case. */
export async function onStage<T>(
  play: { scenario: string; speed?: number; settings?: Settings },
  measure: (stage: Stage) => Promise<T>,
): Promise<T> {
  const { scenario, speed = 1, settings = {} } = play;
  const simulator = await Simulator.start({ scenario, speed });
  try {
    return await besideSimulator(simulator, settings, (rollcall) => measure({ simulator, rollcall }));
  } finally {
    await simulator.stop();
  }
}

/** Runs a measurement of the built application beside an existing simulator. */
export async function besideSimulator<T>(
  simulator: Simulator,
  settings: Settings,
  measure: (rollcall: Rollcall) => Promise<T>,
): Promise<T> {
  const rollcall = await Rollcall.start(simulator, settings);
  // An interruption cleans up as well.
  const forget = () => rmSync(rollcall.directory, { recursive: true, force: true });
  process.once("exit", forget);
  try {
    return await measure(rollcall);
  } finally {
    process.off("exit", forget);
    await rollcall.remove();
  }
}

/** Runs a measurement with a separate PostgreSQL. */
export async function onPostgres<T>(measure: (postgres: Postgres) => Promise<T>): Promise<T> {
  const postgres = await Postgres.start();
  try {
    return await measure(postgres);
  } finally {
    await postgres.remove();
  }
}

/** The process id of a running server. */
export function processOf({ pid }: { pid?: number | undefined }): number {
  if (pid === undefined) throw new Error("The process has no id.");
  return pid;
}

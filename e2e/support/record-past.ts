import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { Program, foreignEnvironment } from "./program";
import { besides, type Rollcall, type Settings } from "./rollcall";
import type { Simulator } from "./simulator";

/** Restarts Rollcall with a history as if it had watched the simulator's last 30 days. What it recorded itself is lost. */
export async function recordPast(
  rollcall: Rollcall,
  simulator: Simulator,
  settings: Settings = {},
): Promise<void> {
  await rollcall.kill();
  for (const file of await readdir(rollcall.directory)) await rm(join(rollcall.directory, file));
  const program = new Program(
    ["--conditions=react-server", "--import", "tsx", "lib/server/demo/main.ts", simulator.control],
    { ...foreignEnvironment(), ...besides(simulator), ...settings, DATABASE_URL: rollcall.databaseUrl },
  );
  if ((await program.exit()) !== 0) throw new Error(`The past was not recorded:\n${program.stderr}`);
  await rollcall.restart();
}

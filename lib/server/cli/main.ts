import "server-only";

import { CommanderError } from "commander";

import { readCallerDirectory } from "@/lib/server/config/settings";

import { createProgram, toExitCode } from "./program";

const program = createProgram({ directory: readCallerDirectory() });
try {
  await program.parseAsync();
} catch (error) {
  // Commander has already printed usage errors.
  if (!(error instanceof CommanderError)) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`rollcall ${program.args[0] ?? ""} failed: ${reason}\n`);
  }
  process.exitCode = toExitCode(error);
}

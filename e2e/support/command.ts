import { execFile } from "node:child_process";

import { foreignEnvironment } from "./program";

/** The output and exit code of a command. */
export type Outcome = { code: number; stdout: string; stderr: string };

/** Runs `npm run rollcall` on a database. */
export function rollcallCommand(databaseUrl: string, args: readonly string[], input = ""): Promise<Outcome> {
  const env = { ...foreignEnvironment(), DATABASE_URL: databaseUrl };
  return new Promise((resolve) => {
    const options = { env, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(
      process.execPath,
      ["scripts/rollcall.mjs", ...args],
      options,
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

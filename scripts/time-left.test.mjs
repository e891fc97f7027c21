import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

import { ROOT, fromRoot } from "./lib/root.mjs";

test("on simulated rollouts the time left and stalls keep what they promise", async () => {
  const bench = [fromRoot("bench/main.ts"), "time-left"];
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", ...bench], {
    cwd: ROOT,
  });
  expect(stdout).not.toContain("MISSED");
  expect(stdout.match(/holds/g)?.length).toBeGreaterThanOrEqual(6);
});

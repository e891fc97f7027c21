import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { deploy, diagnose } from "./support/acknowledged";
import { currentRollout, type Told } from "./support/current-rollout";
import { inspectHistory } from "./support/history-file";
import { pause, until } from "./support/pause";
import { onStage } from "./support/stage";
import type { Row } from "./support/table";

const endpointId = "acme-qwen-3-32b";
const megabytes = 4;
const fullFor = 12_000;

/** A file system of its own that is really full for a while, in the middle of a rollout. Mounting takes root. */
export async function measureFullDisk(): Promise<Row[]> {
  const disk = mkdtempSync(join(tmpdir(), "rollcall-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", disk]);
  try {
    const settings = { DATABASE_URL: `file:${join(disk, "rollcall.db")}` };
    return await onStage({ scenario: "steady", settings }, async ({ rollcall, simulator }) => {
      const url = `${rollcall.url}/api/v1/endpoints/${endpointId}`;
      const isReady = async () => (await fetch(`${rollcall.url}/readyz`)).ok;
      await currentRollout(url);
      const deploymentId = await deploy(simulator, endpointId, 9);
      fill(disk);
      await until(async () => !(await isReady()));
      const fullAt = Date.now();
      const told = new Map<string, Told>();
      while (Date.now() < fullAt + fullFor) {
        const now = await currentRollout(url);
        if (now.deploymentId === deploymentId) told.set(now.observedAt, now);
        await pause(100);
      }
      rmSync(join(disk, "filler"));
      const freedAt = Date.now();
      await until(isReady, 60_000);
      const savedAfter = Date.now() - freedAt;
      const { lost, doubled } = await diagnose(url, { deploymentId, told: [...told.values()], at: fullAt });
      await rollcall.kill();
      const { repeated, integrity } = inspectHistory(disk);
      return [
        {
          what: `observations shown live in ${fullFor / 1_000} s of a full disk`,
          figure: told.size,
          unit: "",
        },
        { what: "saved again after the disk had room", figure: savedAfter, unit: "ms", limit: 5_000 },
        { what: "of them lost", figure: lost, unit: "", limit: 0 },
        { what: "points or transitions told twice", figure: doubled, unit: "", limit: 0 },
        { what: "rows that repeat the one before", figure: repeated, unit: "", limit: 0 },
        {
          what: `integrity check other than ok (${integrity})`,
          figure: integrity === "ok" ? 0 : 1,
          unit: "",
          limit: 0,
        },
      ];
    });
  } finally {
    execFileSync("umount", [disk]);
    rmSync(disk, { recursive: true, force: true });
  }
}

/** Takes all the room there is left. */
function fill(disk: string): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, "filler"), Buffer.alloc(bavail * bsize));
}

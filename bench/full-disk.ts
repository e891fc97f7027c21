import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { deploy, diagnose } from "./support/acknowledged";
import { currentRollout, type Reported } from "./support/current-rollout";
import { inspectHistory } from "./support/history-file";
import { pause, until } from "./support/pause";
import { onStage } from "./support/stage";
import type { Row } from "./support/table";

const endpointId = "acme-qwen-3-32b";
const megabytes = 4;
const fullFor = 12_000;

/** A separate file system that is really full for a while, in the middle of a rollout. Mounting needs root. */
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
      const reported = new Map<string, Reported>();
      while (Date.now() < fullAt + fullFor) {
        const now = await currentRollout(url);
        if (now.deploymentId === deploymentId) reported.set(now.observedAt, now);
        await pause(100);
      }
      rmSync(join(disk, "filler"));
      const freedAt = Date.now();
      await until(isReady, 60_000);
      const savedAfter = Date.now() - freedAt;
      const { lost, doubled } = await diagnose(url, {
        deploymentId,
        reported: [...reported.values()],
        at: fullAt,
      });
      await rollcall.kill();
      const { repeated, integrity } = inspectHistory(disk);
      return [
        {
          what: `observations shown live in ${fullFor / 1_000} s of a full disk`,
          figure: reported.size,
          unit: "",
        },
        { what: "time until saved, after space was freed", figure: savedAfter, unit: "ms", limit: 5_000 },
        { what: "of them lost", figure: lost, unit: "", limit: 0 },
        { what: "duplicate points or transitions", figure: doubled, unit: "", limit: 0 },
        { what: "rows equal to the previous one", figure: repeated, unit: "", limit: 0 },
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

/** Fills the remaining space. */
function fill(disk: string): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, "filler"), Buffer.alloc(bavail * bsize));
}

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

import { z } from "zod";

import { residentMemory } from "./support/process-cost";
import { onStage, pause } from "./support/stage";
import { quantile } from "./support/statistics";
import type { Row } from "./support/table";

const audience = 200;
const crowd = z.object({ latencies: z.array(z.number()) });

/** Upstream calls with one viewer and with two hundred, who all follow the schedule that they are given. */
export async function measureFanOut(isShort: boolean): Promise<Row[]> {
  const seconds = isShort ? 10 : 60;
  const settings = { ROLLCALL_POLL_ACTIVE_SECONDS: "2", ROLLCALL_POLL_IDLE_SECONDS: "2" };
  return onStage({ scenario: "stuck", settings }, async ({ simulator, rollcall }) => {
    const url = `${rollcall.url}/api/v1/endpoints/acme-qwen-3-32b`;
    const pid = rollcall.pid ?? 0;
    const idleMemory = await residentMemory(pid);
    const count = async (viewers: number) => {
      await simulator.forgetRequests();
      const { latencies } = await watchWith(url, viewers, seconds);
      const { total } = await simulator.countRequests("/management/v1/endpoints/");
      return { total, latencies };
    };
    await pause(2_000);
    const alone = await count(1);
    const together = await count(audience);
    return [
      { what: `upstream calls in ${seconds} s, 1 viewer`, figure: alone.total, unit: "" },
      // The moment at which a window opens may lie on either side of one poll.
      {
        what: `upstream calls in ${seconds} s, ${audience} viewers`,
        figure: together.total,
        unit: "",
        limit: alone.total + 1,
      },
      { what: `a poll, ${audience} viewers, p50`, figure: quantile(together.latencies, 0.5), unit: "ms" },
      {
        what: `a poll, ${audience} viewers, p99`,
        figure: quantile(together.latencies, 0.99),
        unit: "ms",
        limit: 50,
      },
      { what: "server memory, idle", figure: idleMemory, unit: "MB", limit: 200 },
      { what: "server memory, loaded", figure: await residentMemory(pid), unit: "MB", limit: 300 },
    ];
  });
}

/** Viewers live in a process of their own, so that their work is not taken for the server's. */
async function watchWith(url: string, viewers: number, seconds: number) {
  const child = fork(fileURLToPath(new URL("./support/crowd.ts", import.meta.url)), [
    url,
    String(viewers),
    String(seconds),
  ]);
  return crowd.parse(await new Promise((resolve) => child.once("message", resolve)));
}

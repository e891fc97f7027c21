import { readdir } from "node:fs/promises";

import type { Rollcall } from "../../e2e/support/rollcall";

import { until } from "./pause";
import { residentMemory } from "./process-cost";
import { processOf } from "./stage";

const bytesPerMegabyte = 1e6;

/** What a server uses: MB of memory, MB of heap after a forced collection, descriptors and active handles. */
export type ServerSample = {
  resident: number;
  heap: number;
  descriptors: number;
  handles: number;
  /** Delays of the event loop since the last sample: the 99th percentile and the longest, in milliseconds. */
  loop: { p99: number; most: number };
};

/** Settings of a server that reports its memory and handles on request. */
export const withHeapReporter = {
  NODE_OPTIONS: `--import ${new URL("../processes/heap-reporter.mjs", import.meta.url).href}`,
};

/** Requests the report of a server that was started with `withHeapReporter`. */
export async function sampleServer(rollcall: Rollcall): Promise<ServerSample> {
  const pid = processOf(rollcall);
  const reported = () => [...rollcall.output.matchAll(/^bench-heap (\d+) handles (\d+)$/gm)];
  const before = reported().length;
  process.kill(pid, "SIGUSR2");
  await until(() => reported().length > before);
  const [, heap, handles] = reported().at(-1) ?? [];
  const [, p99, most] = [...rollcall.output.matchAll(/^bench-loop ([\d.]+) most ([\d.]+)$/gm)].at(-1) ?? [];
  return {
    resident: await residentMemory(pid),
    heap: Number(heap) / bytesPerMegabyte,
    descriptors: (await readdir(`/proc/${pid}/fd`)).length,
    handles: Number(handles),
    loop: { p99: Number(p99), most: Number(most) },
  };
}

import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Loaded into the measured server: on SIGUSR2 it prints the delays of the event loop since the last time, in ms, then
 * collects garbage and prints the heap and the number of active handles.
 */
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const loop = monitorEventLoopDelay({ resolution: 5 });
loop.enable();
process.on("SIGUSR2", () => {
  console.log(`bench-loop ${loop.percentile(99) / 1e6} most ${loop.max / 1e6}`);
  collect();
  collect();
  const handles = process.getActiveResourcesInfo().length;
  console.log(`bench-heap ${process.memoryUsage().heapUsed} handles ${handles}`);
  setImmediate(() => loop.reset());
});

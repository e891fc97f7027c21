import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Loaded into the server that is measured: at SIGUSR2 it collects garbage and prints what is left, and how much keeps the process alive. */
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
process.on("SIGUSR2", () => {
  collect();
  collect();
  const handles = process.getActiveResourcesInfo().length;
  console.log(`bench-heap ${process.memoryUsage().heapUsed} handles ${handles}`);
});

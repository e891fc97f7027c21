import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Loaded into the measured server: on SIGUSR2 it collects garbage and prints the heap and the number of active handles. */
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
process.on("SIGUSR2", () => {
  collect();
  collect();
  const handles = process.getActiveResourcesInfo().length;
  console.log(`bench-heap ${process.memoryUsage().heapUsed} handles ${handles}`);
});

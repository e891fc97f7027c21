import { end, launch } from "./lib/children.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { SIMULATOR } from "./lib/simulator.mjs";

endWhenInterrupted({ isExpected: true });
await ensurePackages();
await end(await launch(process.execPath, [...SIMULATOR, ...process.argv.slice(2)]).ended);

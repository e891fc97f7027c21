import { check } from "./lib/check.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { conclude } from "./lib/verdict.mjs";

endWhenInterrupted();
await ensurePackages();
conclude([await check()]);

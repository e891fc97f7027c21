import { build } from "./lib/application.mjs";
import { readBasePath } from "./lib/base-path.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { fail, say } from "./lib/say.mjs";

endWhenInterrupted();
await ensurePackages();
const problem = await build(readBasePath());
if (problem !== null) await fail(problem);
say("Built into .next/standalone; `npm start` runs it.");

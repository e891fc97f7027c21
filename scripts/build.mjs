import { build } from "./lib/application.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { say } from "./lib/say.mjs";

endWhenInterrupted();
await ensurePackages();
say("Building Rollcall (about half a minute) …");
await build();
say("Built into .next/standalone; `npm start` runs it.");

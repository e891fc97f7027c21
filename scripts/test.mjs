import { ensureBuild } from "./lib/application.mjs";
import { ensureBrowser } from "./lib/browser.mjs";
import { check } from "./lib/check.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { runJourneys } from "./lib/journeys.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { say } from "./lib/say.mjs";
import { conclude } from "./lib/verdict.mjs";

endWhenInterrupted();
await ensurePackages();
const browser = await ensureBrowser();

say("── Check");
const checked = await check();
say("── Build");
await ensureBuild();
say("── End to end");
const travelled = await runJourneys(browser);
conclude([checked, travelled]);

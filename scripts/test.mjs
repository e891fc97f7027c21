import { buildIfNeeded } from "./lib/application.mjs";
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
const problem = await buildIfNeeded();
if (problem === null) {
  say("── End to end");
  conclude([checked, await runJourneys(browser)]);
} else {
  say(problem);
  conclude([checked, { passed: 0, failed: 1 }]);
}

import { isBuilt } from "./lib/application.mjs";
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

say("── Check and build");
const checked = await check({ withBuild: true });
if (isBuilt()) {
  say("── End to end");
  conclude([checked, await runJourneys(browser)]);
} else {
  conclude([checked]);
}

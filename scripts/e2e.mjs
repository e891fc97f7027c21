import { ensureBuild } from "./lib/application.mjs";
import { ensureBrowser } from "./lib/browser.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { runJourneys } from "./lib/journeys.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { conclude } from "./lib/verdict.mjs";

endWhenInterrupted();
await ensurePackages();
const browser = await ensureBrowser();
await ensureBuild();
conclude([await runJourneys(browser, process.argv.slice(2))]);

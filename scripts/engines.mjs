import { ensureBuild } from "./lib/application.mjs";
import { end } from "./lib/children.mjs";
import { ensureEngines } from "./lib/engines.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { runJourneys } from "./lib/journeys.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { say } from "./lib/say.mjs";
import { conclude } from "./lib/verdict.mjs";

/*
 * The most important journeys in Firefox and in WebKitGTK, with pictures. Arguments select some, as for Playwright:
 * `npm run e2e:engines -- --project=firefox wall`.
 */
endWhenInterrupted();
const args = process.argv.slice(2);
const engines = await ensureEngines(args);
await ensurePackages();
await ensureBuild();
const result = await runJourneys(engines, ["--config", "playwright.engines.config.ts", ...args]);
say("The pictures are in .cache/engines.");
conclude([result]);
await end(process.exitCode);

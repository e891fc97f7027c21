import { spawnSync } from "node:child_process";
import { ensureBuild } from "./lib/application.mjs";
import { ensureBrowser } from "./lib/browser.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { runJourneys } from "./lib/journeys.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { fail } from "./lib/say.mjs";
import { conclude } from "./lib/verdict.mjs";

/*
 * Rollcall under a sub-path behind nginx and Caddy. The build is made for that path, and the next start at the root of a
 * host builds again. Arguments select some, as for Playwright: `npm run e2e:proxies -- -g Caddy`.
 */
endWhenInterrupted();
const missing = ["nginx", "caddy"].filter((name) => spawnSync(name, ["version"]).error !== undefined);
if (missing.length > 0)
  await fail(`Not installed: ${missing.join(", ")}. Debian: apt-get install nginx caddy`);
await ensurePackages();
const browser = await ensureBrowser();
await ensureBuild("/rollcall");
conclude([
  await runJourneys(browser, ["--config", "playwright.proxies.config.ts", ...process.argv.slice(2)]),
]);

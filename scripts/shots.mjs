import { ensureBuild } from "./lib/application.mjs";
import { ensureBrowser } from "./lib/browser.mjs";
import { end, launch } from "./lib/children.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { fromRoot } from "./lib/root.mjs";
import { say } from "./lib/say.mjs";

endWhenInterrupted();
await ensurePackages();
const browser = await ensureBrowser();
await ensureBuild();
const program = fromRoot("node_modules/@playwright/test/cli.js");
const args = ["test", "--config", fromRoot("playwright.shots.config.ts"), ...process.argv.slice(2)];
const { ended } = launch(process.execPath, [program, ...args], {
  env: { ...process.env, ...browser, NODE_ENV: "test" },
});
const code = await ended;
say("The screenshots are in shots/.");
await end(code);

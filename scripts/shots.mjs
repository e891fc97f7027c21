import { ensureBuild } from "./lib/application.mjs";
import { ensureBrowser } from "./lib/browser.mjs";
import { end, launch } from "./lib/children.mjs";
import { writeContactSheet } from "./lib/contact-sheet.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { fromRoot } from "./lib/root.mjs";
import { say } from "./lib/say.mjs";

/*
 * Takes pictures of every state. Arguments select some, as for Playwright: `npm run shots -- -g stuck`. `npm run shots --
 * readme` takes those of the README instead.
 */
endWhenInterrupted();
await ensurePackages();
const browser = await ensureBrowser();
await ensureBuild();
const program = fromRoot("node_modules/@playwright/test/cli.js");
const isReadme = process.argv[2] === "readme";
const selected = isReadme ? ["readme.shots"] : ["states.shots", "wall.shots", ...process.argv.slice(2)];
const args = ["test", "--config", fromRoot("playwright.shots.config.ts"), ...selected];
const { ended } = launch(process.execPath, [program, ...args], {
  env: { ...process.env, ...browser, NODE_ENV: "test" },
});
const code = await ended;
say(isReadme ? "The pictures are in docs/images." : `The pictures: file://${writeContactSheet()}`);
await end(code);

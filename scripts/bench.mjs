import { ensureBuild } from "./lib/application.mjs";
import { ensureBrowser } from "./lib/browser.mjs";
import { end, launch } from "./lib/children.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { fromRoot } from "./lib/root.mjs";

endWhenInterrupted();
await ensurePackages();
// These measure functions, without the application.
const pure = new Set(["time-left", "notifications-day"]);
const names = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const isPure = names.length > 0 && names.every((name) => pure.has(name));
const browser = isPure ? {} : await ensureBrowser();
if (!isPure) await ensureBuild();
const { ended } = launch(
  process.execPath,
  ["--import", "tsx", fromRoot("bench/main.ts"), ...process.argv.slice(2)],
  { env: { ...process.env, ...browser } },
);
await end(await ended);

import { ensureBuild } from "./lib/application.mjs";
import { ensureBrowser } from "./lib/browser.mjs";
import { end, launch } from "./lib/children.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { fromRoot } from "./lib/root.mjs";

endWhenInterrupted();
await ensurePackages();
const browser = await ensureBrowser();
await ensureBuild();
const { ended } = launch(
  process.execPath,
  ["--import", "tsx", fromRoot("bench/main.ts"), ...process.argv.slice(2)],
  { env: { ...process.env, ...browser } },
);
await end(await ended);

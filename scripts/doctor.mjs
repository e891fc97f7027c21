import { end, launch } from "./lib/children.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { readOwnSettings } from "./lib/own-settings.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { fromRoot } from "./lib/root.mjs";

endWhenInterrupted();
await ensurePackages();
readOwnSettings();

// `server-only` can only be imported under this condition; the source runs without a build.
const program = ["--conditions=react-server", "--import", "tsx", fromRoot("lib/server/doctor/main.ts")];
await end(await launch(process.execPath, [...program, ...process.argv.slice(2)]).ended);

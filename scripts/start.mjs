import { pathToFileURL } from "node:url";
import { readBasePath } from "./lib/base-path.mjs";
import { SERVER, ensureBuild, isBuilt } from "./lib/application.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { readOwnSettings } from "./lib/own-settings.mjs";
import { ensurePackages, hasPackages } from "./lib/packages.mjs";
import { planSteps } from "./lib/progress.mjs";

const basePath = readBasePath();
const stopListening = endWhenInterrupted();
planSteps([!hasPackages(), !isBuilt(basePath)].filter((isNeeded) => isNeeded).length);
await ensurePackages();
await ensureBuild(basePath);
stopListening();

readOwnSettings();
// Longer than any wait between two polls of a viewer, so that its connection stays open.
process.env.KEEP_ALIVE_TIMEOUT ||= "75000";

// In this process, so that signals reach the server and its exit code is ours.
await import(pathToFileURL(SERVER).href);

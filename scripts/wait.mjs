import { readOwnSettings } from "./lib/own-settings.mjs";

readOwnSettings();
// The script that a server also gives to others: it reads its own arguments, after the name of the command.
process.argv.splice(2, 1);
await import("../public/cli/wait.mjs");

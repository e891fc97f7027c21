import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's own directory, wherever a command was called from. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const fromRoot = (...parts) => join(ROOT, ...parts);

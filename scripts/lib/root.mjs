import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's directory; commands can be called from anywhere. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const fromRoot = (...parts) => join(ROOT, ...parts);

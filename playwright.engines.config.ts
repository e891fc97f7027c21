import { defineConfig } from "@playwright/test";

import type { Engine } from "./e2e/engines/test";
import journeys from "./playwright.config";

/** `npm run e2e:engines`: the journeys that matter most, in the engines of Firefox and of Safari. */
export default defineConfig<Engine>(journeys, {
  testMatch: "engines/*.journey.ts",
  // The second engine is driven over a protocol without parallel sessions.
  workers: 1,
  timeout: 240_000,
  expect: { timeout: 25_000 },
  projects: [
    { name: "firefox", use: { engine: "firefox" } },
    { name: "webkitgtk", use: { engine: "webkitgtk" } },
  ],
});

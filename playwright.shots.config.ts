import { defineConfig } from "@playwright/test";

import journeys from "./playwright.config";

/** `npm run shots`: screenshots of every state, in both themes, from phone to wall. */
export default defineConfig(journeys, {
  testDir: "e2e/shots",
  testMatch: "**/*.shots.ts",
  timeout: 180_000,
  reporter: "list",
});

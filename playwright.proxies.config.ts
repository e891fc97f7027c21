import { defineConfig } from "@playwright/test";

import journeys from "./playwright.config";

/** `npm run e2e:proxies`: a build for a sub-path behind real reverse proxies. */
export default defineConfig(journeys, {
  testDir: "e2e/proxies",
  testMatch: "**/*.proxy.ts",
  timeout: 240_000,
  expect: { timeout: 25_000 },
});

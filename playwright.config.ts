import { defineConfig, devices } from "@playwright/test";

/** `npm test` and `npm run e2e` set these: a browser, and whether its sandbox works. */
const { ROLLCALL_CHROMIUM, ROLLCALL_CHROMIUM_SANDBOX } = process.env;
const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
  "--disable-gpu",
];

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // More than two processors take: half of a journey's time is waiting for polls, restarts and time limits.
  workers: 3,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [[process.stdout.isTTY ? "line" : "list"], ["json", { outputFile: ".cache/e2e.json" }]],
  use: {
    ...devices["Desktop Chrome"],
    actionTimeout: 15_000,
    // Costs an eighth of the time. `npm run e2e -- --trace retain-on-failure <file>` records one.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(ROLLCALL_CHROMIUM === undefined ? {} : { executablePath: ROLLCALL_CHROMIUM }),
      chromiumSandbox: ROLLCALL_CHROMIUM_SANDBOX === "on",
      args: QUIET,
    },
  },
});

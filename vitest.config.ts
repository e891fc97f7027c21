import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const fromRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      "@": fromRoot("."),
      // The package throws outside Next's server bundles; those get this empty file.
      "server-only": fromRoot("node_modules/server-only/empty.js"),
      // Its main file can be read by bundlers only.
      adaptivecards: fromRoot("node_modules/adaptivecards/dist/adaptivecards.js"),
    },
  },
  test: {
    environment: "node",
    include: ["{lib,scripts,components,app}/**/*.test.{ts,tsx,mjs}", "*.test.ts"],
    globalSetup: ["scripts/testing/postgres.mjs"],
    setupFiles: ["scripts/testing/unit-setup.mjs"],
    // Many tests wait for a socket or a timer, so more of them at once than processors.
    maxWorkers: Math.max(3, availableParallelism()),
    // Test files of a worker share its modules: loading them for each file takes longer than the tests. No test mocks a
    // module, and the tests that use a module's state reset it.
    isolate: false,
    // Stop hanging tests; not a measure of speed, because machines are shared.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    restoreMocks: true,
  },
});

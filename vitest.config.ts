import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const fromRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      "@": fromRoot("."),
      // The package throws outside Next's server bundles; those get this empty file.
      "server-only": fromRoot("node_modules/server-only/empty.js"),
    },
  },
  test: {
    environment: "node",
    include: ["{lib,scripts,components,app}/**/*.test.{ts,tsx,mjs}", "*.test.ts"],
    globalSetup: ["scripts/testing/postgres.mjs"],
    setupFiles: ["scripts/testing/quiet-console.mjs"],
    // Stops hanging tests; not a measure of speed, because machines are shared.
    testTimeout: 30_000,
    restoreMocks: true,
  },
});

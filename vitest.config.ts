import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const fromRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      "@": fromRoot("."),
      // Throws outside of Next's server bundles; its own empty half is what such a bundle gets.
      "server-only": fromRoot("node_modules/server-only/empty.js"),
    },
  },
  test: {
    environment: "node",
    include: ["{lib,scripts,components,app}/**/*.test.{ts,tsx,mjs}", "*.test.ts"],
    globalSetup: ["scripts/testing/postgres.mjs"],
    setupFiles: ["scripts/testing/quiet-console.mjs"],
    // A bound for what hangs, not a measure: machines are shared.
    testTimeout: 30_000,
    restoreMocks: true,
  },
});

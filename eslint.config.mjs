import nextVitals from "eslint-config-next/core-web-vitals";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const TESTS = ["**/*.test.ts", "**/*.test.tsx", "e2e/**"];
/** Separate programs, which print to a terminal and read their own environment. */
const PROGRAMS = ["lib/simulator/**", "e2e/**", "bench/**", "*.config.ts"];

/** process.env is read in one place; the allowed names are constants that the build inlines. */
const noEnvironment = {
  selector:
    "MemberExpression[object.name='process'][property.name='env']" +
    ":not([parent.property.name=/^(ROLLCALL_BASE_PATH|ROLLCALL_BUILD|ROLLCALL_VERSION|NEXT_RUNTIME|NEXT_PHASE|NODE_ENV)$/])" +
    ":not([parent.property.value=/^(ROLLCALL_BASE_PATH|ROLLCALL_BUILD|ROLLCALL_VERSION|NEXT_RUNTIME|NEXT_PHASE)$/])",
  message: "Only lib/server/config reads the environment.",
};

const types = {
  files: ["**/*.ts", "**/*.tsx"],
  extends: [tseslint.configs.strictTypeChecked],
  languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  rules: {
    // Data from outside is parsed, not cast; `as const` stays allowed.
    "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
    "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
    "@typescript-eslint/switch-exhaustiveness-check": [
      "error",
      { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: true },
    ],
    "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    "@typescript-eslint/no-unused-vars": "error",
    "no-console": "error",
    "no-restricted-syntax": ["error", noEnvironment],
    "max-lines": ["warn", { max: 200, skipBlankLines: true, skipComments: true }],
  },
};

export default defineConfig([
  globalIgnores([".next/", "next-env.d.ts", ".cache/", "test-results/", "playwright-report/"]),
  nextVitals,
  types,
  { files: ["**/*.mjs", "**/*.js"], extends: [tseslint.configs.recommended] },
  { files: PROGRAMS, rules: { "no-console": "off", "no-restricted-syntax": "off" } },
  { files: ["lib/server/config/**"], rules: { "no-restricted-syntax": "off" } },
  // Playwright's fixtures take a callback named `use`, which is no React hook.
  { files: ["e2e/**"], rules: { "react-hooks/rules-of-hooks": "off" } },
  { files: TESTS, rules: { "max-lines": "off" } },
]);

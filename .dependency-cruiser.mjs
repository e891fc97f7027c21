import { builtinModules } from "node:module";

/**
 * The import rule, as a table: which files may import what. Whatever the table does not name is
 * refused, including a folder that is not listed.
 *
 *   domain ← presentation ← contract ← { server ← app/api and page loaders , client ← components ← pages }
 */
const folder = (path) => `^${path}/`;
const server = (...nouns) => `^lib/server/(${nouns.join("|")})(/|\\.|-)`;
const npm = (...names) => `(^|/)node_modules/(@types/)?(${names.join("|")})/`;

const DOMAIN = folder("lib/domain");
const PRESENTATION = folder("lib/presentation");
const CONTRACT = folder("lib/contract");
const CLIENT = folder("lib/client");
const COMPONENTS = folder("components");
const COMMANDS = folder("public/cli");
const NODE = `^(node:)?(${builtinModules.join("|")})$`;
const PACKAGES = "(^|/)node_modules/";
const REACT = npm("react", "react-dom");
const QUERY = npm("@tanstack/react-query");
const NEXT = npm("next");
const STYLE = "\\.css$";

const TESTS = "(\\.test\\.(tsx?|mjs)$|/testing/)";
const TEST_PACKAGES = npm("vitest", "fast-check");
const SCHEMA_VALIDATOR = npm("@seriousme/openapi-schema-validator");

const SERVER_GROUND = server(
  "build-id",
  "clock",
  "config",
  "log",
  "metrics",
  "proxy-failure",
  "retry-after",
  "soon",
);
/** All parts of the server may use these. */
const GROUND = [SERVER_GROUND, DOMAIN, PRESENTATION, CONTRACT, PACKAGES, NODE];
/** What a route may use for its response. */
const ANSWERING = [server("http", "services", "context"), DOMAIN, PRESENTATION, CONTRACT, NEXT];
const ROUTES = "^app/(api|livez|readyz|metrics|badge|wall/basic)/";

const LAYERS = {
  domain: { files: DOMAIN, may: [DOMAIN] },
  presentation: { files: PRESENTATION, may: [PRESENTATION, DOMAIN], tests: [NODE] },
  contract: {
    files: CONTRACT,
    may: [CONTRACT, PRESENTATION, DOMAIN, npm("zod")],
    tests: [SCHEMA_VALIDATOR],
  },

  "server/ground": {
    files: SERVER_GROUND,
    // The settings extend the names of wire fields, and refuse a name that stands for another field already. They also
    // refuse an address under another path than that of the build.
    may: [
      ...[SERVER_GROUND, DOMAIN, PACKAGES, NODE],
      ...["^lib/server/upstream/wire/fields\\.ts$", "^lib/contract/base-path\\.ts$"],
    ],
  },
  "server/upstream": { files: server("upstream"), may: [server("upstream"), ...GROUND] },
  "server/db": { files: server("db"), may: [server("db"), ...GROUND] },
  "server/cli": { files: server("cli"), may: [server("cli", "db", "access"), ...GROUND] },
  "server/access": { files: server("access"), may: [server("access"), ...GROUND] },
  "server/notify": { files: server("notify"), may: [server("notify", "db", "access", "state"), ...GROUND] },
  "server/state": { files: server("state"), may: [server("state", "db"), ...GROUND] },
  "server/poller": {
    files: server("poller"),
    may: [server("poller", "state", "upstream", "db", "access"), ...GROUND],
  },
  // A separate program: records a simulator's past as the poller would, and adds the account of the demo with sign-in.
  "server/demo": {
    files: server("demo"),
    may: [server("demo", "poller", "state", "upstream", "db", "access"), ...GROUND],
  },
  "server/leader": {
    files: server("leader"),
    may: [server("leader", "poller", "notify", "state", "upstream", "db", "access"), ...GROUND],
  },
  "server/doctor": {
    files: server("doctor"),
    may: [server("doctor", "upstream", "db", "poller"), ...GROUND],
  },
  "server/services": {
    files: server("services"),
    may: [server("services", "context", "db", "access", "poller", "notify", "state", "doctor"), ...GROUND],
    tests: [server("create-context", "leader", "upstream")],
  },
  "server/http": {
    files: server("http"),
    may: [server("http", "access", "context", "services"), ...GROUND],
    tests: [server("db")],
  },
  // Knows everything that is made once.
  "server/context": {
    files: server("context", "create-context"),
    may: [server("context", "access", "db", "leader", "poller", "services", "state"), ...GROUND],
  },
  "server/wiring": { files: server("wiring", "stop-on-signal"), may: [folder("lib/server"), ...GROUND] },

  client: {
    files: CLIENT,
    may: [CLIENT, CONTRACT, PRESENTATION, DOMAIN, REACT, QUERY, npm("zod")],
    tests: [NODE],
  },
  components: {
    files: COMPONENTS,
    may: [
      ...[COMPONENTS, CLIENT, CONTRACT, PRESENTATION, DOMAIN, REACT, QUERY, NEXT],
      npm("recharts", "clsx", "next-themes", "qr", "@tanstack/react-virtual"),
    ],
    tests: [NODE],
  },

  routes: { files: ROUTES, may: [ROUTES, ...ANSWERING], tests: [SCHEMA_VALIDATOR] },
  pages: {
    files: "^app/(?!(api|livez|readyz|metrics|badge|wall/basic)/)",
    may: [
      ...[
        folder("app"),
        COMPONENTS,
        CLIENT,
        CONTRACT,
        PRESENTATION,
        DOMAIN,
        REACT,
        QUERY,
        NEXT,
        STYLE,
        npm("server-only"),
      ],
      server("services", "access", "context", "http", "build-id"),
    ],
  },
  instrumentation: { files: "^instrumentation", may: [server("wiring", "config", "log", "http"), NEXT] },
  proxy: { files: "^proxy\\.ts$", may: [server("http"), NEXT, NODE] },

  // These speak HTTP to the application and share no code with it, so that they cannot share its mistakes.
  simulator: {
    files: folder("lib/simulator"),
    may: [folder("lib/simulator"), NODE, npm("zod")],
    tests: [npm("undici")],
  },
  e2e: { files: folder("e2e"), may: [folder("e2e"), PACKAGES, NODE] },
  bench: {
    files: "^bench/(?!time-left/|notifications-day/)",
    may: [folder("bench"), folder("e2e/support"), PACKAGES, NODE],
  },
  // Measure pure functions.
  "bench/time-left": {
    files: "^bench/(time-left|notifications-day)/",
    may: [folder("bench"), DOMAIN, "^lib/simulator/random", NODE],
  },

  // Commands run before anything is installed, except the check of words and what is made from a build.
  scripts: {
    files: "^scripts/(?!lib/(find-retired-words|image))",
    may: [folder("scripts"), COMMANDS, NODE],
    tests: [CONTRACT, npm("openapi-typescript", "typescript", "yaml")],
  },
  image: { files: "^scripts/lib/image", may: [folder("scripts"), npm("esbuild"), NODE] },
  // Single files that a server gives to pipelines.
  commands: { files: COMMANDS, may: [NODE] },
  words: { files: "^scripts/lib/find-retired-words", may: [folder("scripts"), npm("typescript")] },
};

const layerRules = Object.entries(LAYERS).flatMap(([name, { files, may, tests = [] }]) => [
  rule(name, { path: files, pathNot: TESTS }, may),
  rule(`${name} tests`, { path: `^(?=.*${TESTS})${files.slice(1)}` }, [...may, TEST_PACKAGES, ...tests]),
]);

function rule(name, from, may) {
  return {
    name,
    comment: "imports something that the table in .dependency-cruiser.mjs does not allow",
    severity: "error",
    from,
    to: { pathNot: may },
  };
}

/** @type {import("dependency-cruiser").IConfiguration} */
const config = {
  forbidden: [
    ...layerRules,
    { name: "no circle", severity: "error", from: {}, to: { circular: true } },
    { name: "no missing module", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "no development package in the product",
      severity: "error",
      from: { path: "^(app|components|lib|instrumentation|proxy)", pathNot: TESTS },
      to: { dependencyTypes: ["npm-dev"] },
    },
  ],
  // A file of a known layer is judged by its layer's rule; any other file may import nothing.
  allowed: [{ from: { path: Object.values(LAYERS).map(({ files }) => files) }, to: {} }],
  allowedSeverity: "error",
  options: {
    doNotFollow: { path: "node_modules" },
    // Imports of types count, too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
  },
};

export default config;

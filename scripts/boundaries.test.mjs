import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT, fromRoot } from "./lib/root.mjs";

/** A small code base: each file imports the modules beside it, within the rules or against them. */
const WELL_BUILT = {
  "lib/domain/rollout.ts": [],
  "lib/domain/rollout-speed.ts": ["./rollout"],
  "lib/domain/rollout-speed.test.ts": ["./rollout-speed", "vitest", "fast-check"],
  "lib/presentation/sentence.ts": ["@/lib/domain/rollout"],
  "lib/contract/paths.ts": ["@/lib/domain/rollout", "@/lib/presentation/sentence", "zod"],
  "lib/client/api.ts": ["@/lib/contract/paths", "react"],
  "lib/server/upstream/client.ts": ["@/lib/domain/rollout", "undici", "node:net"],
  "lib/server/db/store.ts": ["@/lib/domain/rollout", "kysely"],
  "lib/server/poller/observe.ts": ["@/lib/server/upstream/client", "@/lib/server/db/store"],
  "lib/server/wiring.ts": ["./poller/observe", "./db/store"],
  "lib/server/services/fleet.ts": ["@/lib/server/db/store"],
  "components/fleet/card.tsx": ["@/lib/client/api", "@/lib/presentation/sentence", "clsx", "recharts"],
  "app/page.tsx": ["@/components/fleet/card", "@/lib/server/services/fleet"],
  "app/api/v1/route.ts": ["@/lib/server/services/fleet", "@/lib/contract/paths"],
  "instrumentation.ts": ["./lib/server/wiring"],
  "lib/simulator/main.ts": ["node:http", "zod"],
};
const ILL_BUILT = {
  "lib/domain/looks-out.ts": ["react", "next/navigation", "node:fs", "zod", "@/lib/contract/paths"],
  "lib/domain/speaks.ts": ["@/lib/presentation/sentence"],
  "lib/presentation/looks-out.ts": ["react", "@/lib/contract/paths", "@/components/fleet/card"],
  "lib/domain/looks-out.test.ts": ["undici"],
  "lib/contract/reaches-in.ts": ["@/lib/server/wiring"],
  "lib/client/reaches-over.ts": ["@/lib/server/services/fleet", "@/components/fleet/card"],
  "components/fleet/reaches-in.tsx": ["@/lib/server/db/store"],
  "lib/server/services/draws.ts": ["@/lib/client/api"],
  "lib/server/services/asks.ts": ["@/lib/server/upstream/client"],
  "lib/server/upstream/remembers.ts": ["@/lib/server/db/store"],
  "lib/server/db/asks.ts": ["@/lib/server/upstream/client"],
  "app/fleet/page.tsx": ["@/lib/server/db/store"],
  "app/livez/route.ts": ["@/lib/server/poller/observe", "@/components/fleet/card"],
  "lib/simulator/borrows.ts": ["@/lib/domain/rollout"],
  "e2e/borrows.spec.ts": ["@/lib/contract/paths"],
  "lib/elsewhere/stray.ts": ["@/lib/domain/rollout"],
  "lib/domain/circle-a.ts": ["./circle-b"],
  "lib/client/types.ts": ["type:@/lib/server/wiring"],
};
/** The other half of the cycle, which is reported once. */
const REST = { "lib/domain/circle-b.ts": ["./circle-a"] };

let violations;
let root;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "rollcall-boundaries-"));
  symlinkSync(fromRoot("node_modules"), join(root, "node_modules"));
  copyFileSync(fromRoot("tsconfig.json"), join(root, "tsconfig.json"));
  for (const [file, imports] of Object.entries({ ...WELL_BUILT, ...ILL_BUILT, ...REST }))
    build(root, file, imports);
  violations = findViolations(root);
}, 60_000);

afterAll(() => rmSync(root, { recursive: true, force: true }));

test.each(Object.keys(WELL_BUILT))("%s follows the rule", (file) => {
  expect(violations.filter(({ from }) => from === file)).toEqual([]);
});

const PLANTED = Object.entries(ILL_BUILT).flatMap(([file, imports]) => imports.map((to) => [file, to]));

test.each(PLANTED)("%s may not import %s", (file, imported) => {
  const name = imported.replace(/^(type:)?(@\/|\.\/|node:)?/, "");
  const found = violations.filter(({ from, to }) => from === file && to.includes(name));
  expect(found.map(({ rule }) => rule.severity)).toContain("error");
});

function build(root, file, imports) {
  const lines = imports.map((from, index) =>
    from.startsWith("type:")
      ? `import type * as part${index} from "${from.slice(5)}"; export type Part${index} = typeof part${index};`
      : `import * as part${index} from "${from}"; console.log(part${index});`,
  );
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), `${lines.join("\n")}\nexport const here = "${file}";\n`);
}

function findViolations(root) {
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs"),
      ...["--config", fromRoot(".dependency-cruiser.mjs"), "--output-type", "json"],
      ...["app", "components", "lib", "e2e", "instrumentation.ts"],
    ],
    { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout).summary.violations;
}

import { buildIfNeeded } from "./application.mjs";
import { run } from "./children.mjs";
import { fromRoot } from "./root.mjs";
import { say } from "./say.mjs";
import { ROUTE_TYPES, STEPS, clearUnitTests } from "./steps.mjs";
import { stepResult, total } from "./verdict.mjs";

/** The steps are CPU-bound; two at a time keep a small machine usable. */
const AT_ONCE = 2;

/**
 * Runs every step, also after one fails, and prints its result. Returns the result. The build comes last: it writes the
 * types that lint and types read, and the unit tests take longer than all other steps together.
 */
export async function check({ withBuild = false } = {}) {
  clearUnitTests();
  const preparation = await take(ROUTE_TYPES);
  if (preparation.failed > 0) return preparation;

  const waiting = STEPS.map((step) => () => take(step));
  if (withBuild) waiting.push(takeBuild);
  const results = [];
  const lane = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) results.push(await step());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return total(results);
}

async function takeBuild() {
  const problem = await buildIfNeeded();
  if (problem !== null) say(problem);
  return problem === null ? total([]) : stepResult("build", false);
}

async function take(step) {
  const { name, tool, script, args, env, isChatty, readResult } = step;
  const program = fromRoot(script ?? `node_modules/.bin/${tool}`);
  const began = performance.now();
  const { code, output } = await run(process.execPath, [program, ...args], {
    env: { ...process.env, ...env },
  });
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  const isOk = code === 0;
  say(`${isOk ? "✓" : "✗"} ${name} (${seconds} s)`);
  if (!isOk || isChatty) if (output.trim() !== "") say(output);
  return readResult?.(isOk) ?? stepResult(name, isOk);
}

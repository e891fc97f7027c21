import { fail } from "./say.mjs";

const LAST_WORDS = 20;

/** Keeps the last lines of a process's output, to print if it fails. */
export function lastWords() {
  const lines = [];
  return { add: (line) => lines.push(line) > LAST_WORDS && lines.shift(), toString: () => lines.join("\n") };
}

/** Processes that need each other: when this one ends, everything ends, with its last lines as the reason. */
export function failWhenEnded(name, child, words) {
  void child.ended.then((code) => fail(`${name} ended by itself (code ${code}):\n${words}`));
}

/** Waits until a request to the address succeeds. */
export async function untilReady(address, withinMs) {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    const response = await fetch(address, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await fail(`${address} did not answer within ${withinMs / 1_000} s.`);
}

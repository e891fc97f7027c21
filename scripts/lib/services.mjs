import { fail } from "./say.mjs";

const LAST_WORDS = 20;

/** Remembers the end of what a process said, for the case that it goes down. */
export function lastWords() {
  const lines = [];
  return { hear: (line) => lines.push(line) > LAST_WORDS && lines.shift(), toString: () => lines.join("\n") };
}

/** Processes that are only of use together: when one ends, everything does, and it is said why. */
export function failWhenEnded(name, child, words) {
  void child.ended.then((code) => fail(`${name} ended by itself (code ${code}):\n${words}`));
}

/** Waits until an address answers with success. */
export async function untilReady(address, withinMs) {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    const response = await fetch(address, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await fail(`${address} did not answer within ${withinMs / 1_000} s.`);
}

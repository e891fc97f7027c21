import { pause } from "../support/pause";

/**
 * Somebody who is signed in and asks every 50 ms until the parent sends a word, in a process of its own so that the
 * parent's work is not taken for the server's. Sends a first word once it is answered, and at the end how long each
 * answer took, in milliseconds.
 */
const [url = "", cookie = ""] = process.argv.slice(2);
const latencies: number[] = [];
const end = new AbortController();
process.once("message", () => end.abort());
while (!end.signal.aborted) {
  const begun = performance.now();
  const response = await fetch(url, { headers: { cookie } });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`The viewer was answered ${response.status}.`);
  if (latencies.push(performance.now() - begun) === 1) process.send?.("answered");
  await pause(50);
}
process.send?.({ latencies });
process.disconnect();

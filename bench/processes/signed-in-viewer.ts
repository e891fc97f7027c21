import { pause } from "../support/pause";

/**
 * A signed-in viewer who polls every 50 ms until the parent sends a message, in a separate process so that the
 * parent's work does not count as the server's. Sends a message after the first response, and at the end the duration
 * of each response in milliseconds.
 */
const [url = "", cookie = ""] = process.argv.slice(2);
const latencies: number[] = [];
const end = new AbortController();
process.once("message", () => end.abort());
while (!end.signal.aborted) {
  const begun = performance.now();
  const response = await fetch(url, { headers: { cookie } });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`The viewer got ${response.status}.`);
  if (latencies.push(performance.now() - begun) === 1) process.send?.("answered");
  await pause(50);
}
// A long message is still on its way when `send` returns.
process.send?.({ latencies }, undefined, undefined, () => {
  process.disconnect();
});

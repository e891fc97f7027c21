import { pause } from "../support/pause";
import { view } from "../support/viewer";

/**
 * Many viewers of one address for some seconds, or of several in turn (separated by spaces), in a separate process so
 * that their work does not count as the server's. Sends the duration and the status of each poll to its parent.
 */
const [urls = "", viewers = "1", seconds = "10", longestWait = "Infinity"] = process.argv.slice(2);
const end = Date.now() + Number(seconds) * 1_000;
const addresses = urls.split(" ");
const arrivals = Array.from({ length: Number(viewers) }, async (_, nth) => {
  // Real viewers do not open two hundred pages in the same millisecond.
  await pause((nth * 1_000) / Number(viewers));
  return view(addresses[nth % addresses.length] ?? urls, end, Number(longestWait));
});
const all = await Promise.all(arrivals);
const polls = {
  latencies: all.flatMap(({ latencies }) => latencies),
  statuses: all.flatMap(({ statuses }) => statuses),
};
// A long message is still on its way when `send` returns.
process.send?.(polls, undefined, undefined, () => {
  process.disconnect();
});

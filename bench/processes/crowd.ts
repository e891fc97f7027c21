import { pause } from "../support/pause";
import { view } from "../support/viewer";

/**
 * Many viewers of one address for some seconds, a process of its own so that their work is not taken for the
 * server's. Sends how long each poll took, and what it was answered with, to its parent.
 */
const [url = "", viewers = "1", seconds = "10", longestWait = "Infinity"] = process.argv.slice(2);
const end = Date.now() + Number(seconds) * 1_000;
const arrivals = Array.from({ length: Number(viewers) }, async (_, nth) => {
  // Nobody opens two hundred pages in the same millisecond.
  await pause((nth * 1_000) / Number(viewers));
  return view(url, end, Number(longestWait));
});
const all = await Promise.all(arrivals);
process.send?.({
  latencies: all.flatMap(({ latencies }) => latencies),
  statuses: all.flatMap(({ statuses }) => statuses),
});
process.disconnect();

import { view } from "./viewer";

/** Many viewers of one address for some seconds; sends how long each of their polls took to its parent. */
const [url = "", viewers = "1", seconds = "10"] = process.argv.slice(2);
const end = Date.now() + Number(seconds) * 1_000;
const all = await Promise.all(Array.from({ length: Number(viewers) }, () => view(url, end)));
process.send?.({ latencies: all.flatMap(({ latencies }) => latencies) });
process.disconnect();

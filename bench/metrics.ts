import { Rollcall } from "../e2e/support/rollcall";
import { startManyEndpoints } from "./support/many-endpoints";
import { until } from "./support/pause";
import { median } from "./support/statistics";
import type { Row } from "./support/table";

const size = 1_000;
const scrapes = 21;

/** What a scrape of a fleet of 1,000 endpoints is made of, and how long it takes. */
export async function measureMetrics(): Promise<Row[]> {
  const upstream = await startManyEndpoints(size);
  const rollcall = await Rollcall.launch({
    ...upstream.settings,
    ROLLCALL_MAX_REQUESTS_PER_MINUTE: "100000",
    ROLLCALL_POLL_ACTIVE_SECONDS: "20",
    ROLLCALL_POLL_IDLE_SECONDS: "20",
  });
  try {
    await rollcall.untilReady();
    const scrape = async () => (await fetch(`${rollcall.url}/metrics`)).text();
    const seen = async () =>
      [...(await scrape()).matchAll(/^rollcall_endpoint_replicas\{/gm)].length === size;
    await until(seen, 120_000);
    const durations: number[] = [];
    let text = "";
    for (let nth = 0; nth < scrapes; nth += 1) {
      const began = performance.now();
      text = await scrape();
      durations.push(performance.now() - began);
    }
    const samples = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    const ofEndpoints = samples.filter((line) => line.includes("endpoint="));
    return [
      { what: "endpoints", figure: size, unit: "" },
      { what: "samples", figure: samples.length, unit: "" },
      { what: "samples of an endpoint", figure: ofEndpoints.length / size, unit: "", limit: 12 },
      { what: "bytes", figure: Buffer.byteLength(text) / 1_000, unit: "kB" },
      { what: `median of ${scrapes} scrapes`, figure: median(durations), unit: "ms" },
    ];
  } finally {
    await rollcall.remove();
    await upstream.close();
  }
}

import { Rollcall } from "../e2e/support/rollcall";
import { watchWith } from "./support/child";
import { startManyEndpoints } from "./support/many-endpoints";
import { pause, until } from "./support/pause";
import { sampleServer, withHeapReporter, type ServerSample } from "./support/server-sample";
import { median } from "./support/statistics";
import type { Row } from "./support/table";

const size = 500;
const viewers = 20;
const second = 1_000;
/** Tolerated growth; measurements are never exactly the same. */
const noise = 1.05;

/** Endpoints that change at every poll, with some viewers: the event loop stays free, and memory flat. */
export async function measureBusyFleet(isShort: boolean): Promise<Row[]> {
  const upstream = await startManyEndpoints(size, { isChanging: true });
  const rollcall = await Rollcall.launch({
    ...upstream.settings,
    ...withHeapReporter,
    ROLLCALL_MAX_REQUESTS_PER_MINUTE: "100000",
    ROLLCALL_POLL_ACTIVE_SECONDS: "5",
  });
  try {
    await rollcall.untilReady();
    await until(() => upstream.questions.length > 2 * size, 60 * second);
    // The delays of the start do not count.
    await sampleServer(rollcall);
    const before = upstream.questions.length;
    const span = (isShort ? 30 : 600) * second;
    const watching = watchWith([`${rollcall.url}/api/v1/endpoints`, ...viewed(rollcall.url)].join(" "), {
      viewers,
      seconds: span / second,
    });
    // A sample collects garbage, which holds the event loop.
    const laps = isShort ? 2 : 10;
    const samples: ServerSample[] = [];
    for (let lap = 0; lap < laps; lap += 1) {
      await pause(span / laps);
      samples.push(await sampleServer(rollcall));
    }
    const polls = upstream.questions.length - before;
    await watching;
    // The first half warms up.
    const settled = samples.slice(laps / 2);
    const [early, late] = [settled.slice(0, 2), settled.slice(-2)].map((some) =>
      median(some.map(({ heap }) => heap)),
    );
    const memory = isShort || early === undefined ? {} : { limit: noise * early };
    return [
      { what: "endpoints, each changing at every poll", figure: size, unit: "" },
      { what: "polls a second", figure: (polls * second) / span, unit: "" },
      {
        what: "delay of the event loop, p99",
        figure: median(samples.map(({ loop }) => loop.p99)),
        unit: "ms",
        limit: 50,
      },
      { what: "the longest delay", figure: Math.max(...samples.map(({ loop }) => loop.most)), unit: "ms" },
      { what: "heap after collection", figure: late ?? Number.NaN, unit: "MB", ...memory },
      { what: "server memory", figure: samples.at(-1)?.resident ?? Number.NaN, unit: "MB" },
    ];
  } finally {
    await rollcall.remove();
    await upstream.close();
  }
}

function viewed(url: string): string[] {
  return Array.from(
    { length: viewers - 1 },
    (_, nth) => `${url}/api/v1/endpoints/acme-${String(nth).padStart(5, "0")}`,
  );
}

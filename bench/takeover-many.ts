import { Rollcall } from "../e2e/support/rollcall";

import { startManyEndpoints } from "./support/many-endpoints";
import { pause, until } from "./support/pause";
import { startSlowProxy } from "./support/slow-proxy";
import { onPostgres } from "./support/stage";
import type { Row } from "./support/table";

/** The same as in lib/server/db/lease.ts. */
const leaseTime = 6_000;
const eachWay = 1;
/** How long the first poll of a whole fleet may take, with the first rows of each endpoint. */
const patience = 120_000;

/** Starts and takeovers with a large fleet, with a PostgreSQL one millisecond away in each direction. */
export async function measureTakeoverOfMany(isShort: boolean): Promise<Row[]> {
  const size = isShort ? 200 : 2_000;
  return onPostgres(async (postgres) => {
    const upstream = await startManyEndpoints(size);
    const proxy = await startSlowProxy(await postgres.createDatabase(), eachWay);
    const settings = {
      ...upstream.settings,
      DATABASE_URL: proxy.url,
      ROLLCALL_MAX_REQUESTS_PER_MINUTE: "100000",
      ROLLCALL_POLL_ACTIVE_SECONDS: "60",
      ROLLCALL_POLL_IDLE_SECONDS: "60",
    };
    const servers: Rollcall[] = [];
    const start = async (): Promise<[server: Rollcall, took: number]> => {
      const since = Date.now();
      const server = await Rollcall.launch(settings);
      servers.push(server);
      await server.untilReady();
      return [server, Date.now() - since];
    };
    try {
      const [first] = await start();
      await until(async () => (await countSeen(first)) === size, patience);
      const [second, followed] = await start();
      await until(async () => (await countSeen(second)) === size, patience);

      const answers = watchAnswers(second);
      const killedAt = Date.now();
      await first.kill("SIGKILL");
      await until(() => Promise.resolve(second.output.includes("became leader")));
      const tookOver = Date.now() - killedAt;
      const since = () => upstream.questions.filter((at) => at > killedAt + leaseTime / 2);
      await until(() => Promise.resolve(since().length >= size / 2), patience);
      const slowest = await answers.stop();

      await second.kill("SIGTERM");
      const [, watched] = await start();
      const row = (what: string, figure: number): Row => ({ what, figure, limit: 2 * leaseTime, unit: "ms" });
      return [
        { what: "endpoints", figure: size, unit: "" },
        row("a second instance starts and follows", followed),
        row("takeover after the leader was killed", tookOver),
        row("first request after the kill", (since()[0] ?? Number.NaN) - killedAt),
        row("an instance starts and leads", watched),
        {
          what: "slowest response to a viewer during the takeover",
          figure: slowest,
          unit: "ms",
          limit: 2_000,
        },
      ];
    } finally {
      for (const server of servers) await server.remove();
      await proxy.close();
      await upstream.close();
    }
  });
}

async function countSeen({ url }: Rollcall): Promise<number> {
  const text = await (await fetch(`${url}/api/v1/endpoints`)).text();
  return text.match(/"freshness":\{"state":"live","observedAt":"/g)?.length ?? 0;
}

/** Polls as a viewer does until it is stopped; then returns the slowest response in milliseconds. */
function watchAnswers({ url }: Rollcall) {
  let slowest = 0;
  const over = new AbortController();
  const ask = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const since = Date.now();
      await (await fetch(`${url}/api/v1/endpoints/acme-00000`)).arrayBuffer();
      slowest = Math.max(slowest, Date.now() - since);
      await pause(50);
    }
  };
  const asking = ask();
  return {
    stop: async (): Promise<number> => {
      over.abort();
      await asking;
      return slowest;
    },
  };
}

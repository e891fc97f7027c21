import { AcceleratedWall, type TabSample } from "../e2e/support/accelerated-wall";
import { openBrowser } from "./support/browser";
import { sampleServer, withHeapReporter, type ServerSample } from "./support/server-sample";
import { onStage } from "./support/stage";
import { median } from "./support/statistics";
import type { Row } from "./support/table";

const points = 10;
/** After these points the server is restarted; the server's memory and handles are compared from `serverSettled` on. */
const restartsAfter: ReadonlySet<number> = new Set([2, 4]);
const serverSettled = 6;
const noise = 1.05;

type Point = TabSample & { server: ServerSample };

/**
 * A wall that polls 20,000 times, with accelerated time, while rollouts come and go and its server is restarted:
 * the memory and handles of the tab and the server must not grow.
 */
export async function measureEndurance(isShort: boolean): Promise<Row[]> {
  const perPoint = isShort ? 150 : 2_000;
  const settings = { ...withHeapReporter, ROLLCALL_MAX_REQUESTS_PER_MINUTE: "100000" };
  const browser = await openBrowser();
  try {
    return await onStage({ scenario: "demo", speed: 20, settings }, async ({ rollcall }) => {
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
      const wall = await AcceleratedWall.open(page, `${rollcall.url}/wall`);
      await wall.poll(perPoint / 2);
      const taken: Point[] = [];
      for (let nth = 1; nth <= points; nth += 1) {
        await wall.poll(perPoint);
        const point = { ...(await wall.sample()), server: await sampleServer(rollcall) };
        taken.push(point);
        console.log(toLine(nth, await wall.answered(), point));
        if (restartsAfter.has(nth)) await rollcall.restart();
      }
      const settled = taken.slice(serverSettled - 1).map(({ server }) => server);
      return [
        { what: "polls answered", figure: await wall.answered(), unit: "" },
        { what: "restarts of the server", figure: restartsAfter.size, unit: "" },
        toRow(
          "tab: heap after collection",
          "MB",
          taken.map(({ heap }) => heap / 1e6),
        ),
        toRow(
          "tab: DOM nodes",
          "",
          taken.map(({ nodes }) => nodes),
        ),
        toRow(
          "tab: listeners",
          "",
          taken.map(({ listeners }) => listeners),
        ),
        toRow(
          "tab: pending timers",
          "",
          taken.map(({ timers }) => timers),
        ),
        toRow(
          "server: heap after collection",
          "MB",
          settled.map(({ heap }) => heap),
        ),
        toRow(
          "server: memory",
          "MB",
          settled.map(({ resident }) => resident),
        ),
        toRow(
          "server: open files and sockets",
          "",
          settled.map(({ descriptors }) => descriptors),
        ),
        toRow(
          "server: active handles",
          "",
          settled.map(({ handles }) => handles),
        ),
      ];
    });
  } finally {
    await browser.close();
  }
}

function toLine(nth: number, polls: number, { heap, nodes, listeners, timers, server }: Point): string {
  const tab = `tab ${(heap / 1e6).toFixed(2)} MB, ${nodes} nodes, ${listeners} listeners, ${timers} timers`;
  const { resident, descriptors, handles } = server;
  const reported = `${server.heap.toFixed(1)} MB heap, ${resident.toFixed(0)} MB resident, ${descriptors} descriptors, ${handles} handles`;
  return `point ${nth}, ${polls} polls: ${tab}; server ${reported}`;
}

/** Compares the later half of the points with the earlier one. */
function toRow(what: string, unit: string, samples: readonly number[]): Row {
  const half = Math.floor(samples.length / 2);
  const [early, late] = [median(samples.slice(0, half)), median(samples.slice(-half))];
  return {
    what,
    figure: late,
    unit,
    limit: noise * early,
    ratio: { to: "after warm-up", value: late / early },
  };
}

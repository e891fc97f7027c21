import { expect, it, onTestFinished, vi } from "vitest";

import type { Incident, StatusPage } from "@/lib/domain/incident";
import { minute } from "@/lib/domain/instant";
import { createLog } from "@/lib/server/log";
import { UpstreamFailure } from "@/lib/server/upstream/failure";

import { createStatusPagePoller } from "./status-page-poller";

const begun = 30_000_000 * minute;
const incident: Incident = {
  ...{ id: "a", name: "Elevated errors", status: "investigating", impact: "major" },
  ...{ startedAt: begun - minute, link: null },
};

/** A poller whose time moves with `pass`. `answerWith` replaces the incidents that the page reports. */
function startPoller() {
  vi.useFakeTimers({ now: begun });
  onTestFinished(() => void vi.useRealTimers());
  const asked: number[] = [];
  const lines: string[] = [];
  let page: StatusPage | null = null;
  let answer: Incident[] | UpstreamFailure = [];
  let leads = true;
  const poller = createStatusPagePoller({
    client: {
      readIncidents: () => {
        asked.push(Date.now() - begun);
        return answer instanceof UpstreamFailure ? Promise.reject(answer) : Promise.resolve(answer);
      },
    },
    store: { statusPage: () => page, setStatusPage: (next) => (page = next) },
    mayAsk: () => Promise.resolve(leads),
    clock: () => ({ at: Date.now(), tick: Date.now() }),
    log: createLog(
      () => [],
      (line) => lines.push(line),
    ),
  });
  poller.begin();
  return {
    ...{ poller, asked, lines },
    page: () => page,
    pass: (duration: number) => vi.advanceTimersByTimeAsync(duration),
    answerWith: (next: Incident[] | UpstreamFailure) => (answer = next),
    stepDown: () => (leads = false),
  };
}

const failure = (retryAfter: number | null = null) =>
  new UpstreamFailure({ code: "upstream_error", message: "No.", detail: "503", retryAfter });

it("reads the page at once and then once a minute", async () => {
  const stage = startPoller();
  await stage.pass(1);
  expect(stage.page()).toEqual({ observedAt: begun, incidents: [], cause: null });
  stage.answerWith([incident]);
  await stage.pass(2 * minute);
  expect(stage.asked).toEqual([0, minute, 2 * minute]);
  expect(stage.page()).toEqual({ observedAt: begun + 2 * minute, incidents: [incident], cause: null });
});

it("keeps what it read while the page fails, asks more rarely, and says so once", async () => {
  const stage = startPoller();
  stage.answerWith([incident]);
  await stage.pass(1);
  stage.answerWith(failure());
  await stage.pass(30 * minute);
  expect(stage.page()).toMatchObject({
    observedAt: begun,
    incidents: [incident],
    cause: { code: "upstream_error", message: "No.", since: begun + minute },
  });
  const waits = stage.asked.slice(1).map((at, index) => at - (stage.asked[index] ?? 0));
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(minute);
  expect(stage.asked.length).toBeLessThan(16);
  expect(stage.lines.filter((line) => line.includes("status page call failed"))).toHaveLength(1);

  stage.answerWith([]);
  await stage.pass(5 * minute);
  expect(stage.page()).toMatchObject({ incidents: [], cause: null });
  expect(stage.lines.filter((line) => line.includes("readable again"))).toHaveLength(1);
});

it("keeps to a prescribed pause, of 15 minutes at most", async () => {
  const stage = startPoller();
  stage.answerWith(failure(10 * minute));
  await stage.pass(10 * minute);
  expect(stage.asked).toEqual([0, 10 * minute]);
  stage.answerWith(failure(600 * minute));
  await stage.pass(26 * minute);
  expect(stage.asked.at(-1)).toBe(35 * minute);
});

it("ends with leadership, and when it is stopped", async () => {
  const stage = startPoller();
  await stage.pass(1);
  stage.stepDown();
  await stage.pass(5 * minute);
  expect(stage.asked).toEqual([0]);

  const other = startPoller();
  await other.pass(1);
  await other.poller.stop();
  await other.pass(5 * minute);
  expect(other.asked).toEqual([0]);
});

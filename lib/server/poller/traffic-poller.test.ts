import { describe, expect, it, onTestFinished, vi } from "vitest";

import { minute, second } from "@/lib/domain/instant";
import { LostLeadership } from "@/lib/server/db/lease";
import type { TrafficRecording, TrafficSource } from "@/lib/server/db/traffic";
import { createLog } from "@/lib/server/log";
import { UpstreamFailure } from "@/lib/server/upstream/failure";
import type { TrafficFigures } from "@/lib/server/upstream/wire/metrics";

import { createTrafficPoller } from "./traffic-poller";

/** 30 s into a minute. */
const begun = 30_000_000 * minute + 30 * second;
const figures: TrafficFigures = {
  ...{ requests: 10, failures: 0 },
  ...{ firstTokenP50: 1, firstTokenP95: 2, queueP50: null, queueP95: null },
};

/** A poller whose time moves with `pass`. `answer` replaces the replies of the Metrics API, `save` what the database does. */
function startPoller(known: TrafficSource[] = []) {
  vi.useFakeTimers({ now: begun });
  onTestFinished(() => void vi.useRealTimers());
  const asked: number[] = [];
  const recorded: TrafficRecording[] = [];
  const lines: string[] = [];
  const lost = vi.fn();
  let answer = () =>
    Promise.resolve(
      new Map([
        ["acme-qwen", figures],
        ["unwatched", figures],
      ]),
    );
  let save = () => Promise.resolve();
  let leads = true;
  const poller = createTrafficPoller({
    org: "acme",
    client: {
      readMinute: () => {
        asked.push(Date.now() - begun);
        return answer();
      },
    },
    isWatched: (endpointId) => endpointId === "acme-qwen",
    traffic: {
      readSources: () => Promise.resolve(known),
      record: async (recording) => {
        await save();
        recorded.push(recording);
      },
    },
    mayAsk: () => Promise.resolve(leads),
    onLost: lost,
    clock: () => ({ at: Date.now(), tick: Date.now() }),
    log: createLog(
      () => [],
      (line) => lines.push(line),
    ),
  });
  poller.begin();
  return {
    ...{ poller, asked, recorded, lines, lost },
    pass: (duration: number) => vi.advanceTimersByTimeAsync(duration),
    answerWith: (failure: UpstreamFailure | null) => {
      answer = () =>
        failure === null ? Promise.resolve(new Map([["acme-qwen", figures]])) : Promise.reject(failure);
    },
    saveWith: (error: Error | null) => {
      save = () => (error === null ? Promise.resolve() : Promise.reject(error));
    },
    stopLeading: () => {
      leads = false;
    },
  };
}

const limited = new UpstreamFailure({
  code: "rate_limited",
  message: "Slow down.",
  detail: "429",
  retryAfter: 3 * minute,
});
const rejected = new UpstreamFailure({ code: "key_rejected", message: "No.", detail: "401" });

describe("the Metrics API", () => {
  it("is asked at once, and then 5 s into each minute, for the last complete minute", async () => {
    const { asked, recorded, pass } = startPoller();
    await pass(2 * minute);
    expect(asked).toEqual([0, 35 * second, 95 * second]);
    expect(recorded.map(({ minutes }) => minutes.map(({ endpointId, at }) => [endpointId, at]))).toEqual([
      [["acme-qwen", begun - 90 * second]],
      [["acme-qwen", begun - 30 * second]],
      [["acme-qwen", begun + 30 * second]],
    ]);
    expect(recorded.at(-1)?.source).toMatchObject({ org: "acme", endpoints: 2, cause: null });
  });

  it("is not asked again for a minute that the former leader read", async () => {
    const known = {
      org: "acme",
      answeredAt: begun,
      minuteAt: begun - 90 * second,
      endpoints: 1,
      cause: null,
    };
    const { asked, pass } = startPoller([known]);
    await pass(minute);
    expect(asked).toEqual([35 * second]);
  });

  it("is asked once a minute while it fails, and says since when", async () => {
    const { asked, recorded, lines, pass, answerWith } = startPoller();
    answerWith(rejected);
    await pass(2 * minute);
    expect(asked).toHaveLength(3);
    expect(recorded.map(({ minutes }) => minutes)).toEqual([[], [], []]);
    expect(recorded.at(-1)?.source.cause).toEqual({
      ...{ code: "key_rejected", message: "No.", since: begun },
      retryAt: begun + 155 * second,
    });
    expect(lines.filter((line) => line.includes("metrics call failed"))).toHaveLength(1);
    answerWith(null);
    await pass(minute);
    expect(recorded.at(-1)).toMatchObject({ source: { cause: null }, minutes: [{ requests: 10 }] });
  });

  it("is not asked before the end of a prescribed pause, nor by the next leader", async () => {
    const first = startPoller();
    first.answerWith(limited);
    await first.pass(179 * second);
    expect(first.asked).toEqual([0]);
    await first.poller.stop();
    const { source } = first.recorded.at(-1) ?? {};
    const next = startPoller(source === undefined ? [] : [source]);
    await next.pass(179 * second);
    expect(next.asked).toEqual([]);
    await next.pass(second);
    expect(next.asked).toEqual([180 * second]);
  });

  it("is asked at most every 10 s, however often its key is replaced", async () => {
    const { poller, asked, pass, answerWith } = startPoller();
    answerWith(rejected);
    await pass(0);
    for (let count = 0; count < 20; count += 1) {
      poller.retry();
      await pass(second);
    }
    expect(asked).toEqual([0, 10 * second, 20 * second]);
  });

  it("is no longer asked by an instance that does not lead, or has stopped", async () => {
    const former = startPoller();
    former.stopLeading();
    await former.pass(5 * minute);
    expect(former.asked).toEqual([]);
    const stopped = startPoller();
    await stopped.pass(0);
    await stopped.poller.stop();
    await stopped.pass(5 * minute);
    expect(stopped.asked).toEqual([0]);
  });
});

describe("while the database cannot be written", () => {
  it("minutes wait, and are written together", async () => {
    const { recorded, lines, pass, saveWith } = startPoller();
    saveWith(new Error("locked"));
    await pass(2 * minute);
    expect(recorded).toEqual([]);
    expect(lines.filter((line) => line.includes("traffic write failed"))).toHaveLength(1);
    saveWith(null);
    await pass(minute);
    expect(recorded.at(-1)?.minutes).toHaveLength(4);
  });

  it("because another instance leads, says so", async () => {
    const { lost, pass, saveWith } = startPoller();
    saveWith(new LostLeadership());
    await pass(0);
    expect(lost).toHaveBeenCalledOnce();
  });
});

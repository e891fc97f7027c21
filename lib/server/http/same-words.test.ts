import { expect, it } from "vitest";

import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { Condition } from "@/lib/domain/condition";
import { minute, second } from "@/lib/domain/instant";
import { observation, rolloutFacts } from "@/lib/domain/testing/rollouts";
import type { TimeLeft } from "@/lib/domain/time-left";
import { toEndpointDisplay } from "@/lib/presentation/endpoint-display";
import { overlapText } from "@/lib/presentation/overlap-words";
import { toReceipt } from "@/lib/presentation/receipt";
import { toHeadline } from "@/lib/presentation/rollout-headline";
import { progressTime } from "@/lib/presentation/row-time";
import { sentenceText, type Sentence } from "@/lib/presentation/sentence-text";
import { tabTitle } from "@/lib/presentation/tab-title";
import { conclusionsOf } from "@/lib/server/services/rollout-exports";
import { toRolloutView } from "@/lib/server/services/to-rollout-view";

import { toBasicLines } from "./basic-wall-line";

const now = 1_000 * minute;
const ago = (minutes: number) => now - minutes * minute;
const usual = { low: 14 * minute, high: 19 * minute, count: 4, isScaled: false };
const left: TimeLeft = { low: 480 * second, high: 780 * second, usual, own: null };
const stalled: Condition = {
  ...{ code: "stalled", since: ago(9), idleFor: 9 * minute, perReplica: 40 * second, isCounted: true },
  ...{ usual: null, from: ago(1) },
};
const late: Condition = { code: "late", since: ago(4), by: 4 * minute, usual, from: ago(3) };
const regressing: Condition = { code: "regressing", since: ago(3), updated: 6, peak: 9 };
const rival = { status: "in_progress", updatedReplicas: 6, totalReplicas: 12 } as const;
const overlapping: Condition = {
  ...{ code: "overlapping", since: ago(2) },
  rollouts: ["9", "8"].map((version) => ({ ...rival, version })),
};

const say = (sentence: Sentence | null) =>
  sentence === null ? "" : sentenceText(sentence, { now, moment: String });

/** What every place says about the newest rollout of an endpoint, with these conclusions about it. */
function everywhere(conditions: readonly Condition[], timeLeft: TimeLeft | null = null) {
  const view = (deploymentId: string, version: string) =>
    toRolloutView(
      rolloutFacts({ deploymentId, version, createdAt: ago(23), firstObservedAt: ago(23) }),
      observation(ago(1)),
      { conditions, timeLeft },
    );
  const isOverlap = conditions.some(({ code }) => code === "overlapping");
  const newest = view("d9", "9");
  const rollouts = isOverlap ? [newest, view("d8", "8")] : [newest];
  const freshness: EndpointView["freshness"] = { state: "live", observedAt: now, cause: null };
  const endpoint: EndpointView = {
    endpoint: { id: "acme-one", org: "acme", modelArch: null, createdAt: null, updatedAt: null },
    ...{ current: "d9", rollouts, warnings: [], freshness, watchedSince: null, nextPollAt: null, build: "b" },
  };
  const [basic] = toBasicLines([endpoint], [], now);
  const { sentence, detail } = toHeadline(rollouts);
  const { word } = toEndpointDisplay({ displayState: newest.displayState, freshness });
  const receipt = toReceipt({
    ...{
      endpointId: "acme-one",
      display: newest,
      previousVersion: "8",
      guaranteed: 10,
      lowestGuaranteed: 10,
    },
    ...{ conclusions: conclusionsOf(newest), observedAt: now, link: "https://rollcall.example.com/" },
  });
  return {
    tab: tabTitle(newest, "live", "acme-one", rollouts),
    tile: [word, say(progressTime(newest)), overlapText(rollouts) ?? ""].join(" "),
    basic: [basic?.state, basic?.duration, basic?.version].join(" "),
    receipt,
    api: [...newest.conditions.map(({ message }) => message), JSON.stringify(newest.timeLeft)].join(" "),
    headline: `${say(sentence)} ${say(detail)}`,
  };
}

type Place = keyof ReturnType<typeof everywhere>;

/** A conclusion, and how each place says it. */
it.each<[string, Parameters<typeof everywhere>, Record<Place, RegExp>]>([
  [
    "stalled",
    [[stalled]],
    {
      ...{ tab: /^Looks stuck v9 6\/12/, tile: /^Looks stuck 9 min/, basic: /^Looks stuck 9 min/ },
      ...{ receipt: /Outcome: looks stuck/, api: /^No replica has moved for 9 min\./ },
      headline: /^No replica has moved for 9 min\..*looks stuck/,
    },
  ],
  [
    "late",
    [[late]],
    {
      ...{ tab: /^Late v9 6\/12/, tile: /^Late 4 min over usual/, basic: /^Late 4 min over usual/ },
      ...{
        receipt: /Outcome: late[^]*4 min over the usual 14–19 min/,
        api: /^4 min over the usual 14–19 min\./,
      },
      headline: /running late.*4 min over the usual 14–19 min\./,
    },
  ],
  [
    "time left",
    [[], left],
    {
      ...{ tab: /, 8–13 min left ·/, tile: /8–13 min left/, basic: /8–13 min left/ },
      ...{ receipt: /About 8–13 min left/, api: /"lowSeconds":480,"highSeconds":780/ },
      headline: /About 8–13 min left: the last four rollouts took 14–19 min\./,
    },
  ],
  [
    "regressing",
    [[regressing]],
    {
      ...{
        tab: /^Going backwards v9 6\/12/,
        tile: /^Going backwards 3 min/,
        basic: /^Going backwards 3 min/,
      },
      receipt: /Outcome: going backwards[^]*Replicas are going backwards/,
      api: /^Replicas are going backwards: 6 updated now, 9 before/,
      headline: /going backwards.*Replicas are going backwards: 6 updated now, 9 before/,
    },
  ],
  [
    "overlapping",
    [[overlapping]],
    {
      ...{ tab: /2 rollouts at once/, tile: /2 rollouts at once/, basic: /2 rollouts at once/ },
      ...{ receipt: /v9 is likely to win/, api: /v9 is likely to win/, headline: /v9 is likely to win/ },
    },
  ],
])("says %s in the same words everywhere", (_, conclusions, expected) => {
  const said = everywhere(...conclusions);
  expect(Object.keys(expected).toSorted()).toEqual(Object.keys(said).toSorted());
  for (const [place, words] of Object.entries<string>(said))
    expect(words, place).toMatch(new Map(Object.entries(expected)).get(place) ?? /^$/);
});

it("uses one sentence of a conclusion in the headline, the API and the receipt", () => {
  for (const condition of [late, regressing, overlapping]) {
    const { api, headline, receipt } = everywhere([condition]);
    const message = api.replace(/ null$/, "");
    expect(headline.replaceAll("\n", " "), condition.code).toContain(message);
    expect(receipt.replaceAll("\\", ""), condition.code).toContain(message.replace(/\.$/, ""));
  }
});

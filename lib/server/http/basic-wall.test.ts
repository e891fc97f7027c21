import { describe, expect, it } from "vitest";

import type { EndpointView, FleetView } from "@/lib/contract/endpoint-view";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { toDisplayState } from "@/lib/domain/display-state";
import { minute, second } from "@/lib/domain/instant";

import { renderBasicPage, toBasicWall } from "./basic-wall";

const now = Date.UTC(2026, 10, 24, 23, 12);
const before = (ago: number) => now - ago;

const rollout: Omit<RolloutView, "displayState"> = {
  deploymentId: "d8",
  model: null,
  version: "8",
  versionAlias: null,
  createdAt: before(60 * minute),
  status: "done",
  reportedStatus: "done",
  updatedReplicas: 14,
  totalReplicas: 14,
  maxUnavailable: 1,
  guaranteedReplicas: 13,
  errorMessage: null,
  errorSince: null,
  conditions: [],
  warnings: [],
  firstObservedAt: before(60 * minute),
  startedAt: before(60 * minute),
  endedAt: before(50 * minute),
  timeLeft: null,
  noLongerReportedSince: null,
};
const live: EndpointView["freshness"] = { state: "live", observedAt: before(second), cause: null };
const cause = {
  code: "upstream_error",
  message: "Cerebras answers 500.",
  since: before(4 * minute),
  retryAt: null,
} as const;
const blind: EndpointView["freshness"] = { state: "blind", observedAt: before(5 * minute), cause };

function viewOf(id: string, freshness = live, change: Partial<RolloutView> = {}): EndpointView {
  const changed = { ...rollout, ...change };
  const displayState = toDisplayState({ ...changed, removedSince: null, conditions: [] });
  return {
    endpoint: { id, org: "acme", modelArch: null, createdAt: null, updatedAt: null },
    current: "d8",
    rollouts: [{ ...changed, displayState }],
    warnings: [],
    freshness,
    watchedSince: null,
    nextPollAt: null,
    build: "b",
  };
}

function draw(endpoints: EndpointView[], message: string | null = null): Promise<string> {
  const watcher = { state: "watching", message, nextPollAt: null } as const;
  const fleet: FleetView = { endpoints, acknowledgements: [], watcher, build: "b" };
  const displaySettings = { endpointIds: null, theme: "auto", rotateSeconds: null, night: true } as const;
  const page = toBasicWall(fleet, { displaySettings, age: 28 * second, now });
  return renderBasicPage(page, { nonce: "nonce", refresh: 5 });
}

const fleetOf = (blindCount: number) =>
  Array.from({ length: 25 }, (_, index) => viewOf(`acme-${index}`, index < blindCount ? blind : live));

describe("the basic wall", () => {
  it("says in its sentence and title how many cannot be seen, before anything else", async () => {
    const unseen = "12 of 25 endpoints cannot be seen since 23:08 UTC: Cerebras answers 500.";
    const html = await draw(fleetOf(12), `${unseen} History is not being saved.`);
    expect(html).toContain(`<h1>${unseen} The other 13 are quiet.</h1>`);
    expect(html).toContain("<title>12 of 25 endpoints cannot be seen");
    expect(html).toContain(
      "<p>23:12 UTC. Seen 28 s ago. When last seen, 12 were quiet. History is not being saved.</p>",
    );
    expect(html.match(/Blind, was done/g)).toHaveLength(12);
    expect(html.match(/class="state done">Done/g)).toHaveLength(13);
  });

  it("speaks with one voice when nothing can be seen", async () => {
    const html = await draw(fleetOf(25));
    expect(html).toContain("<h1>Blind since 23:08 UTC: Cerebras answers 500.</h1>");
    expect(html).toContain("<title>Blind · When last seen, 25 were quiet.");
    expect(html).not.toContain("all quiet");
  });

  it("never shows what is delayed as current", async () => {
    const late: EndpointView["freshness"] = { ...live, state: "delayed" };
    const html = await draw([viewOf("a", late, { status: "in_progress", endedAt: null }), viewOf("b")]);
    expect(html).toContain("1 of 2 endpoints is delayed. The other one is quiet.");
    expect(html).toContain("Delayed, was rolling out");
    expect(html).not.toContain("Rolling out");
  });

  it("calls nothing done that is not complete, and shows an error message in any state", async () => {
    const html = await draw([
      viewOf("a", live, { updatedReplicas: 13 }),
      viewOf("b", live, { status: "in_progress", errorMessage: "quota <exceeded>" }),
    ]);
    expect(html).toContain("2 endpoints: 1 is done but incomplete and 1 is rolling out.");
    expect(html).toContain('<tr class="featured"><td><span class="state incomplete">Incomplete</span>');
    expect(html).toContain("quota &lt;exceeded&gt;");
  });

  it("has no script, declares its encoding first, and carries the nonce and the refresh", async () => {
    const html = await draw([viewOf("a")]);
    expect(html).toMatch(/^<!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"\/>/);
    expect(html).toContain('<meta http-equiv="refresh" content="5"/>');
    expect(html).toContain('<style nonce="nonce">');
    expect(html).not.toMatch(/<script|var\(|<!-- -->/);
  });

  it("escapes what comes from outside", async () => {
    const html = await draw([viewOf("<b>&\"'", live, { version: "<i>", errorMessage: "<u>" })]);
    expect(html).not.toMatch(/<[biu]>/);
    expect(html).toContain("&lt;b&gt;&amp;&quot;&#x27;");
  });
});

import { expect, test } from "vitest";

import { second } from "@/lib/domain/instant";

import type { EndpointEvent } from "./event";
import { toLogLines } from "./log-lines";

let made = 0;

function event(kind: EndpointEvent["kind"], at: number, change: Partial<EndpointEvent> = {}): EndpointEvent {
  made += 1;
  return {
    id: `e${made}`,
    kind,
    deploymentId: "d8",
    version: "8",
    status: null,
    counts: null,
    after: (at - 2) * second,
    before: at * second,
    message: kind,
    ...change,
  };
}

const step = (at: number, to: number, deploymentId = "d8") =>
  event("replicas", at, { counts: { from: to - 1, to }, deploymentId });

test("the steps of a rollout are one line with their pace, at the place of the newest", () => {
  const lines = toLogLines([
    event("status", 200, { message: "done" }),
    ...[7, 6, 5, 4, 3, 2, 1].map((to) => step(34 * to, to)),
    event("status", 10, { message: "in progress" }),
  ]);
  expect(lines.map(({ message }) => message)).toEqual([
    "done",
    "0 → 7 in 7 steps, one every 34 s.",
    "in progress",
  ]);
  expect(lines[1]).toMatchObject({ after: 32 * second, before: 238 * second });
  expect(lines[1]?.steps).toHaveLength(7);
});

test("anything else between steps parts them, and a single step is an event", () => {
  const lines = toLogLines([
    step(60, 5),
    event("watching_again", 60, { deploymentId: null }),
    event("gap", 30, { deploymentId: null }),
    step(20, 2),
    step(10, 1),
  ]);
  expect(lines.map(({ kind, message }) => `${kind}: ${message}`)).toEqual([
    "replicas: replicas",
    "watching_again: watching_again",
    "gap: gap",
    "replicas: 0 → 2 in 2 steps.",
  ]);
});

test("the steps of two rollouts at once are a line each", () => {
  const lines = toLogLines([step(40, 4), step(38, 2, "d7"), step(20, 3), step(18, 1, "d7")]);
  expect(lines.map(({ deploymentId, message }) => `${deploymentId} ${message}`)).toEqual([
    "d8 2 → 4 in 2 steps.",
    "d7 0 → 2 in 2 steps.",
  ]);
});

test("a line keeps its id while steps are added", () => {
  const first = step(10, 1);
  const second = step(20, 2);
  const [shorter] = toLogLines([second, first]);
  const [longer] = toLogLines([step(30, 3), second, first]);
  expect(longer?.id).toBe(shorter?.id);
});

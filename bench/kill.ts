import { z } from "zod";

import type { Simulator } from "../e2e/support/simulator";

import { askForCurrent, type Told } from "./support/current-rollout";
import { inspectHistory } from "./support/history-file";
import { pause, until } from "./support/pause";
import { onStage, type Stage } from "./support/stage";
import type { Row } from "./support/table";

const endpointId = "acme-qwen-3-32b";
const cadence = 1_000;
/** Longer than two intervals, so that the absence is a gap. */
const absence = 2 * cadence + 500;

const instant = z.string().nullable();
const detail = z.object({
  points: z.array(z.object({ from: z.string(), until: z.string(), updatedReplicas: z.number().nullable() })),
  gaps: z.array(z.object({ from: z.string(), until: instant })),
  transitions: z.array(z.object({ after: instant, before: z.string(), changes: z.array(z.unknown()) })),
});
type Detail = z.infer<typeof detail>;

/** What clients had been told of a rollout when the server was killed, and when that was (epoch ms). */
type Killing = { deploymentId: string; told: Told[]; at: number };

/** Kills the server without warning, again and again, and looks for everything that clients had been told. */
export async function measureKills(isShort: boolean): Promise<Row[]> {
  const kills = isShort ? 3 : 50;
  return onStage({ scenario: "steady" }, async (stage) => {
    const { rollcall } = stage;
    const url = `${rollcall.url}/api/v1/endpoints/${endpointId}`;
    const killings: Killing[] = [];
    for (let nth = 0; nth < kills; nth += 1) killings.push(await killOnce(stage, url, nth));
    const findings: Finding[] = [];
    for (const killing of killings) findings.push(await examine(url, killing));
    await rollcall.kill();
    const { repeated, integrity } = inspectHistory(rollcall.directory);
    const sum = (pick: (finding: Finding) => number) => findings.reduce((all, one) => all + pick(one), 0);
    const promise = (what: string, figure: number): Row => ({ what, figure, unit: "", limit: 0 });
    return [
      { what: "kills during a rollout", figure: kills, unit: "" },
      {
        what: "observations acknowledged to a client",
        figure: killings.flatMap(({ told }) => told).length,
        unit: "",
      },
      promise(
        "of them lost",
        sum(({ lost }) => lost),
      ),
      promise(
        "points or transitions told twice",
        sum(({ doubled }) => doubled),
      ),
      promise("rows that repeat the one before", repeated),
      promise(
        "kills without a gap shown",
        sum(({ isGapShown }) => (isGapShown ? 0 : 1)),
      ),
      promise(`PRAGMA integrity_check other than ok (${integrity})`, integrity === "ok" ? 0 : 1),
    ];
  });
}

/** A rollout begins, is watched for a while, and the server is killed at some moment of it. */
async function killOnce({ simulator, rollcall }: Stage, url: string, nth: number): Promise<Killing> {
  const deploymentId = await deploy(simulator, 100 + nth);
  const told = new Map<string, Told>();
  const look = async () => {
    const now = await askForCurrent(url);
    if (now?.deploymentId === deploymentId) told.set(now.observedAt, now);
  };
  await until(async () => {
    await look();
    return told.size > 0;
  });
  const end = Date.now() + 1_000 + ((nth * 618) % 2_000);
  while (Date.now() < end) {
    await look();
    await pause(10);
  }
  await look();
  const at = Date.now();
  await rollcall.kill("SIGKILL");
  await pause(absence);
  await rollcall.restart();
  await until(async () => ((await askForCurrent(url))?.observedAt ?? "") > toIso(at));
  return { deploymentId, told: [...told.values()], at };
}

async function deploy(simulator: Simulator, version: number): Promise<string> {
  const order = { version, replicas: 12, maxUnavailable: 2, msPerReplica: 900 };
  return (await simulator.deploy(endpointId, order)).deploymentId;
}

type Finding = { lost: number; doubled: number; isGapShown: boolean };

async function examine(url: string, { deploymentId, told, at }: Killing): Promise<Finding> {
  const response = await fetch(`${url}/rollouts/${deploymentId}`);
  const { points, gaps, transitions } = detail.parse(await response.json());
  const killed = toIso(at);
  const covers = ({ observedAt, updatedReplicas }: Told) =>
    points.some(
      (point) =>
        point.updatedReplicas === updatedReplicas && point.from <= observedAt && point.until >= observedAt,
    );
  return {
    lost: told.filter((one) => !covers(one)).length,
    doubled: countDoubled(points, transitions),
    isGapShown: gaps.some(({ from, until: end }) => from <= killed && (end === null || end > killed)),
  };
}

/** Points that overlap, and transitions into the same moment. */
function countDoubled(points: Detail["points"], transitions: Detail["transitions"]): number {
  const overlapping = points.filter((point, nth) => point.from < (points[nth - 1]?.until ?? ""));
  const moments = transitions.map(({ before }) => before);
  return overlapping.length + moments.length - new Set(moments).size;
}

function toIso(instant: number): string {
  return new Date(instant).toISOString();
}

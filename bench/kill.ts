import { deploy, diagnose, toIso, type Finding, type Killing } from "./support/acknowledged";
import { askForCurrent, type Reported } from "./support/current-rollout";
import { inspectHistory } from "./support/history-file";
import { inspectPostgres } from "./support/history-postgres";
import { pause, until } from "./support/pause";
import { onPostgres, onStage, type Stage } from "./support/stage";
import type { Row } from "./support/table";

const endpointId = "acme-qwen-3-32b";
const cadence = 1_000;
/** Longer than two intervals, so that the absence is a gap. */
const absence = 2 * cadence + 500;

/** The database engine's own check of the result: repeated rows, and integrity. */
type Inspect = () =>
  { repeated: number; integrity: string } | Promise<{ repeated: number; integrity: string }>;

export async function measureKills(isShort: boolean): Promise<Row[]> {
  return onStage({ scenario: "steady" }, (stage) =>
    killAgainAndAgain(stage, isShort, () => inspectHistory(stage.rollcall.directory)),
  );
}

export async function measureKillsOnPostgres(isShort: boolean): Promise<Row[]> {
  return onPostgres(async (postgres) => {
    const url = await postgres.createDatabase();
    return onStage({ scenario: "steady", settings: { DATABASE_URL: url } }, (stage) =>
      killAgainAndAgain(stage, isShort, () => inspectPostgres(postgres, url)),
    );
  });
}

/** Kills the server without warning, again and again, and looks for everything that clients had received. */
async function killAgainAndAgain(stage: Stage, isShort: boolean, inspect: Inspect): Promise<Row[]> {
  const kills = isShort ? 3 : 200;
  const { rollcall } = stage;
  const url = `${rollcall.url}/api/v1/endpoints/${endpointId}`;
  const killings: Killing[] = [];
  for (let nth = 0; nth < kills; nth += 1) killings.push(await killOnce(stage, url, nth));
  const findings: Finding[] = [];
  for (const killing of killings) findings.push(await diagnose(url, killing));
  await rollcall.kill();
  const { repeated, integrity } = await inspect();
  const sum = (pick: (finding: Finding) => number) => findings.reduce((all, one) => all + pick(one), 0);
  const promise = (what: string, figure: number): Row => ({ what, figure, unit: "", limit: 0 });
  return [
    { what: "kills during a rollout", figure: kills, unit: "" },
    {
      what: "observations acknowledged to a client",
      figure: killings.flatMap(({ reported }) => reported).length,
      unit: "",
    },
    promise(
      "of them lost",
      sum(({ lost }) => lost),
    ),
    promise(
      "duplicate points or transitions",
      sum(({ doubled }) => doubled),
    ),
    promise("rows equal to the previous one", repeated),
    promise(
      "kills without a gap shown",
      sum(({ isGapShown }) => (isGapShown ? 0 : 1)),
    ),
    promise(`integrity check other than ok (${integrity})`, integrity === "ok" ? 0 : 1),
  ];
}

/** Starts a rollout, watches it for a while, and kills the server at a random moment. */
async function killOnce({ simulator, rollcall }: Stage, url: string, nth: number): Promise<Killing> {
  const deploymentId = await deploy(simulator, endpointId, 100 + nth);
  const reported = new Map<string, Reported>();
  const look = async () => {
    const now = await askForCurrent(url);
    if (now?.deploymentId === deploymentId) reported.set(now.observedAt, now);
  };
  await until(async () => {
    await look();
    return reported.size > 0;
  });
  const end = Date.now() + 500 + Math.random() * 2_500;
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
  return { deploymentId, reported: [...reported.values()], at };
}

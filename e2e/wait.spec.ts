import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { foreignEnvironment } from "./support/program";
import type { Rollcall } from "./support/rollcall";
import { expect, test } from "./support/test";

test.use({ scenario: "every-status" });

type Ended = { code: number; stdout: string; stderr: string };
type Running = { ended: Promise<Ended>; output: () => string };

const directories: string[] = [];

test.afterAll(async () => {
  for (const directory of directories) await rm(directory, { recursive: true, force: true });
});

/** The script as a pipeline gets it: from the server, into an empty folder. */
async function fetchScript(rollcall: Rollcall): Promise<string> {
  const response = await fetch(`${rollcall.url}/cli/wait.mjs`);
  expect(response.status).toBe(200);
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  const directory = await mkdtemp(join(tmpdir(), "rollcall-wait-"));
  directories.push(directory);
  const file = join(directory, "wait.mjs");
  await writeFile(file, await response.text());
  return file;
}

function start(file: string, rollcall: Rollcall, args: readonly string[], env = {}): Running {
  let output = "";
  const options = { env: { ...foreignEnvironment(), ROLLCALL_URL: rollcall.url, ...env } };
  const ended = new Promise<Ended>((resolve) => {
    const child = execFile(process.execPath, [file, ...args], options, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    );
    child.stdout?.on("data", (text: string) => (output += text));
  });
  return { ended, output: () => output };
}

const currentSchema = z.object({ current: z.string() });

async function currentOf(rollcall: Rollcall, endpointId: string): Promise<string> {
  let current = "";
  await expect(async () => {
    const response = await fetch(`${rollcall.url}/api/v1/endpoints/${endpointId}`);
    ({ current } = currentSchema.parse(await response.json()));
  }).toPass();
  return current;
}

test("each end has its exit code, at once for what is over, with the permalink first", async ({
  rollcall,
}) => {
  const file = await fetchScript(rollcall);
  const deploymentId = await currentOf(rollcall, "acme-done");
  const cases: [code: number, words: RegExp, args: string[]][] = [
    [0, /It is done\.$/m, ["acme-done"]],
    [0, /7 replicas are updated/, ["acme-in-progress", "--until", "7"]],
    [0, /7 replicas are updated/, ["acme-in-progress", "--until", "50%"]],
    [1, /It failed: .*shard/i, ["acme-error"]],
    [3, /rolled back/, ["acme-rolled-back"]],
    [4, /cancelled/, ["acme-cancelled"]],
    [70, /Time is over. State of the rollout: in progress/, ["acme-in-progress", "--timeout", "1s"]],
    [70, /there was no such deployment/, ["acme-done", "--version", "no-such", "--timeout", "1s"]],
    [
      75,
      /does not answer, and time is over/,
      ["acme-done", "--url", "http://127.0.0.1:9", "--timeout", "1s"],
    ],
  ];
  const runs = cases.map(([, , args]) => start(file, rollcall, args).ended);
  for (const [nth, [code, words, args]] of cases.entries()) {
    const ended = await runs[nth];
    expect(ended?.code, args.join(" ")).toBe(code);
    expect(ended?.stdout, args.join(" ")).toMatch(words);
  }
  const [first] = (await runs[0])?.stdout.split("\n") ?? [];
  expect(first).toBe(`${rollcall.url}/endpoints/acme-done/rollouts/${deploymentId}`);
  for (const args of [[], ["a", "b"], ["a", "--until", "0%"], ["a", "--timeout", "soon"], ["a", "--fast"]]) {
    const ended = await start(file, rollcall, args).ended;
    expect([ended.code, ended.stderr], args.join(" ")).toEqual([
      2,
      expect.stringContaining("Usage: rollcall wait"),
    ]);
  }
});

test("the rollout stays the same over a restart, with a later deployment in between", async ({
  rollcall,
  simulator,
}) => {
  const file = await fetchScript(rollcall);
  const [endpoint, other] = ["acme-in-progress", "acme-not-started"];
  const [mine, replaced] = [await currentOf(rollcall, endpoint), await currentOf(rollcall, other)];
  const waits = [endpoint, other].map((each) => start(file, rollcall, [each, "--timeout", "2m"]));
  await expect.poll(() => waits.every((each) => /replicas updated/.test(each.output()))).toBe(true);
  await rollcall.kill();
  const later = await simulator.deploy(endpoint, { version: 9, msPerReplica: 600_000 });
  const another = await simulator.deploy(other, { version: 9 });
  await simulator.patchDeployment(other, another.deploymentId, { rollout_status: "done" });
  await expect.poll(() => waits.every((each) => /does not answer/.test(each.output()))).toBe(true);
  await rollcall.restart();
  expect(await currentOf(rollcall, endpoint)).not.toBe("");
  await expect.poll(() => currentOf(rollcall, endpoint)).toBe(later.deploymentId);
  await simulator.patchDeployment(endpoint, mine, { rollout_status: "done", updated_replicas: 12 });
  const [kept, lost] = await Promise.all(waits.map(({ ended }) => ended));
  expect([kept?.code, lost?.code], `${kept?.stdout}${lost?.stdout}`).toEqual([0, 5]);
  expect(kept?.stdout.split("\n")[0]).toContain(mine);
  expect(lost?.stdout.split("\n")[0]).toContain(replaced);
});

/** The shell lines of the documentation. */
async function readCurlLines(): Promise<string[]> {
  const text = await readFile("docs/automation.md", "utf8");
  return [...text.matchAll(/^curl (?!.*wait\.mjs).*$/gm)].map(([line]) => line);
}

function shell(line: string, env: Record<string, string>): Promise<Ended> {
  return new Promise((resolve) => {
    execFile("sh", ["-c", line], { env: { ...foreignEnvironment(), ...env } }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    );
  });
}

test("the curl lines wait in a shell, over a restart, and ask for an early look", async ({
  rollcall,
  simulator,
}) => {
  const [wait = "", refresh = ""] = await readCurlLines();
  const run = (line: string, endpoint: string) =>
    shell(line, { ROLLCALL_URL: rollcall.url, ROLLCALL_TOKEN: "none", ENDPOINT: endpoint });
  const mine = await currentOf(rollcall, "acme-in-progress");
  const ended = run(wait, "acme-in-progress");
  expect((await run(wait, "acme-done")).code).toBe(0);
  expect((await run(wait, "acme-error")).code).toBe(1);
  await rollcall.restart();
  await currentOf(rollcall, "acme-in-progress");
  await simulator.patchDeployment("acme-in-progress", mine, { rollout_status: "done", updated_replicas: 12 });
  const { code, stdout, stderr } = await ended;
  expect([code, stdout], stderr).toEqual([0, expect.stringContaining(mine)]);
  expect((await run(refresh, "acme-done")).stdout).toMatch(/"message":"The next poll is due (now|in \d)/);
});

test("a thousand requests wait beside the others, and end at once when Rollcall stops", async ({
  rollcall,
}) => {
  await currentOf(rollcall, "acme-in-progress");
  const metric = async (name: string) => {
    const text = await (await fetch(`${rollcall.url}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
  };
  const before = await metric("process_resident_memory_bytes");
  const path = "/api/v1/endpoints/acme-in-progress/wait?timeout=10m";
  const waits = Array.from({ length: 1_000 }, async () => {
    const response = await fetch(rollcall.url + path);
    return `${response.status} ${response.headers.get("retry-after")}`;
  });
  await expect.poll(() => metric("rollcall_waiting_requests"), { timeout: 25_000 }).toBe(1_000);
  const megabytes = ((await metric("process_resident_memory_bytes")) - before) / 1024 ** 2;
  console.log(`1,000 waiting requests: ${megabytes.toFixed(0)} MiB`);
  expect(megabytes).toBeLessThan(100);
  expect((await fetch(`${rollcall.url}/livez`)).status).toBe(200);
  await rollcall.kill();
  expect(new Set(await Promise.all(waits))).toEqual(new Set(["503 1"]));
  await rollcall.restart();
});

test("programs read JSON, and a GitHub job gets the receipt as its summary", async ({ rollcall }) => {
  const file = await fetchScript(rollcall);
  await currentOf(rollcall, "acme-error");
  const summary = join(file, "..", "summary.md");
  const { code, stdout } = await start(file, rollcall, ["acme-error", "--json"], {
    GITHUB_STEP_SUMMARY: summary,
  }).ended;
  expect(code).toBe(1);
  const lines = stdout
    .trimEnd()
    .split("\n")
    .map((line) => z.looseObject({ kind: z.string() }).parse(JSON.parse(line)));
  expect(lines.map(({ kind }) => kind)).toEqual(["started", "progress", "ended"]);
  expect(lines.at(-1)).toMatchObject({ endpoint: "acme-error", outcome: "failed", exitCode: 1 });
  expect(await readFile(summary, "utf8")).toMatch(/\*\*acme-error: .*Outcome: .*Full history in Rollcall/s);
});

const githubSchema = z.object({
  jobs: z.object({ rollout: z.object({ steps: z.array(z.looseObject({ run: z.string().optional() })) }) }),
});
const gitlabSchema = z.object({ "wait-for-rollout": z.object({ script: z.array(z.string()) }) });

/** The shell lines of the examples, by the name of their service. */
async function readExamples(): Promise<Record<string, string>> {
  const read = async (file: string): Promise<unknown> => parse(await readFile(`deploy/ci/${file}`, "utf8"));
  const { steps } = githubSchema.parse(await read("github-actions.yml")).jobs.rollout;
  const { script } = gitlabSchema.parse(await read("gitlab-ci.yml"))["wait-for-rollout"];
  return { GitHub: steps.flatMap(({ run }) => run ?? []).join("\n"), GitLab: script.join("\n") };
}

test("the examples for GitHub Actions and GitLab CI run in a shell", async ({ rollcall }) => {
  await currentOf(rollcall, "acme-done");
  for (const [service, lines] of Object.entries(await readExamples())) {
    for (const [endpoint, code] of [
      ["acme-done", 0],
      ["acme-error", 1],
    ] as const) {
      const directory = await mkdtemp(join(tmpdir(), "rollcall-ci-"));
      directories.push(directory);
      const env = { ...foreignEnvironment(), ROLLCALL_URL: rollcall.url, ENDPOINT: endpoint, VERSION: "8" };
      const ended = await new Promise<number>((resolve) => {
        execFile("sh", ["-ec", lines], { cwd: directory, env }, (error) =>
          resolve(typeof error?.code === "number" ? error.code : 0),
        );
      });
      expect(ended, `${service}: ${endpoint}`).toBe(code);
    }
  }
});

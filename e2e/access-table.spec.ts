import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { A, AccessStage, B, FOREIGN, CALLERS, type CurrentUser } from "./support/access-stage";
import { ACCESS_TABLE } from "./support/access-table";
import { SIGN_IN } from "./support/people";
import { expect, test } from "./support/test";

test.use({ settings: { ...SIGN_IN, ROLLCALL_ENDPOINTS: FOREIGN, ROLLCALL_METRICS: "token" } });

test.beforeEach(async ({ simulator, rollcall }) => {
  await simulator.putEndpoint(B, { org: "acme", arch: "qwen-3-32b" });
  await simulator.putEndpoint(FOREIGN, { org: "globex", arch: "qwen-3-32b" });
  await expect.poll(() => rollcall.output).toContain("is watching");
});

/** Every route of the source, as `GET /api/v1/…`, and every page, as `PAGE /…`. */
async function routesOfSource(): Promise<string[]> {
  const files = await readdir("app", { recursive: true });
  const routes = files
    .filter((file) => /(^|\/)(route\.ts|page\.tsx)$/.test(file))
    .map(async (file) => {
      const folders = file.split("/").slice(0, -1);
      const path = `/${folders.filter((folder) => !/^\(.*\)$/.test(folder)).join("/")}`;
      if (file.endsWith("page.tsx")) return [`PAGE ${path}`];
      const source = await readFile(join("app", file), "utf8");
      const methods = source.matchAll(/export (?:const|function|async function) ([A-Z]+)\b/g);
      return [...methods].map(([, method]) => `${method ?? ""} ${path}`);
    });
  return (await Promise.all(routes)).flat().toSorted();
}

test("the table names every route and page, and no other", async () => {
  expect(Object.keys(ACCESS_TABLE).toSorted()).toEqual(await routesOfSource());
});

test("every route answers every kind of caller as the table says", async ({ rollcall }) => {
  test.setTimeout(120_000);
  await expect
    .poll(async () => (await rollcall.databaseFiles()).get("rollcall.db-wal")?.includes(FOREIGN))
    .toBe(true);
  const stage = await AccessStage.set(rollcall);
  const differences: string[] = [];
  for (const [route, { ask, statuses }] of Object.entries(ACCESS_TABLE)) {
    for (const [index, client] of CALLERS.entries()) {
      const { path, body, needsNewSession = false } = await ask(stage, client);
      const headers = needsNewSession ? await stage.inNewSession(client) : stage.credentials(client);
      const method = /^PAGE /.test(route) ? "GET" : (route.split(" ")[0] ?? "");
      const response = await stage.ask(method, path, headers, body);
      const text = await response.text();
      // The badge token may do what the metrics token may, unless the row says otherwise.
      const status = statuses[index] ?? statuses.at(-1);
      if (response.status !== status)
        differences.push(`${route}, ${client}: ${response.status} instead of ${status}`);
      for (const id of hidden(client, route).filter((each) => text.includes(each) && !path.includes(each)))
        differences.push(`${route}, ${client}: the answer names ${id}`);
    }
  }
  const rows = Object.keys(ACCESS_TABLE).length;
  console.log(
    `${rows} routes × ${CALLERS.length} callers = ${rows * CALLERS.length}: ${differences.length} differences`,
  );
  expect(differences).toEqual([]);
});

const POLLED = [
  "GET /api/v1/endpoints",
  "GET /api/v1/endpoints/[endpointId]",
  "GET /api/v1/endpoints/[endpointId]/wait",
  "GET /api/v1/shared",
  "GET /livez",
  "GET /readyz",
];
/** The same endpoint in a form that only Next decodes. */
const ENCODED_A = `/api/v1/endpoints/%${A.charCodeAt(0).toString(16)}${A.slice(1)}`;

test("what is polled is answered alike before Next and by Next", async ({ rollcall }) => {
  const stage = await AccessStage.set(rollcall);
  for (const client of CALLERS) {
    const credentials = stage.credentials(client);
    for (const route of POLLED) {
      const { path } = (await ACCESS_TABLE[route]?.ask(stage, client)) ?? { path: "" };
      // HEAD is Next's.
      await expect(async () => {
        const ours = await stage.ask("GET", path, credentials);
        const next = await stage.ask("HEAD", path, credentials);
        expect([next.status, lasting(next)], `${route}, ${client}`).toEqual([ours.status, lasting(ours)]);
      }).toPass({ timeout: 10_000 });
    }
    await expect(async () => {
      const ours = await stage.ask("GET", `/api/v1/endpoints/${A}`, credentials);
      const next = await stage.ask("GET", ENCODED_A, credentials);
      expect([next.status, lasting(next), await next.text()]).toEqual([
        ours.status,
        lasting(ours),
        await ours.text(),
      ]);
    }, client).toPass({ timeout: 10_000 });
  }
});

test("a protected address tells a program that unfurls links nothing, not even whether it exists", async ({
  rollcall,
}) => {
  const stage = await AccessStage.set(rollcall);
  const known = [`/endpoints/${A}`, `/endpoints/${A}/rollouts/${await stage.currentRollout()}`];
  const unknown = ["/endpoints/acme-unknown", "/endpoints/acme-unknown/rollouts/none"];
  /** Everything that the answer says, without its own address and what is random. */
  const unfurl = async (path: string) => {
    const response = await fetch(rollcall.url + path, {
      headers: { "user-agent": "Slackbot-LinkExpanding 1.0" },
    });
    const { "content-security-policy": policy = "", ...headers } = lasting(response);
    const text = [response.status, JSON.stringify(headers), policy, await response.text()].join("\n");
    return [path, encodeURIComponent(path), encodeURIComponent(encodeURIComponent(path))]
      .reduce((rest, each) => rest.replaceAll(each, "PATH"), text)
      .replaceAll(/[A-Za-z0-9+/]{22}==/g, "NONCE");
  };
  for (const [nth, path] of known.entries())
    for (const rest of ["", "/preview.png"]) {
      const answer = await unfurl(path + rest);
      expect(answer).toBe(await unfurl((unknown[nth] ?? "") + rest));
      expect(answer).not.toContain("og:image");
      for (const id of [A, B, FOREIGN]) expect(answer).not.toContain(id);
    }
});

/** The headers that do not differ from one request to the next, nor say how the body travels or what Next varies. */
function lasting({ headers }: Response): Record<string, string> {
  const passing =
    /^(date|x-request-id|rollcall-(age|next-poll-in)|content-length|transfer-encoding|content-encoding|keep-alive|connection|vary)$/;
  return Object.fromEntries([...headers].filter(([name]) => !passing.test(name)));
}

/** Names that a caller must never see. */
function hidden(client: CurrentUser, route: string): string[] {
  switch (client) {
    case "metrics token":
      // Metrics are of the whole installation.
      return route === "GET /metrics" ? [] : [A, B, FOREIGN];
    case "anonymous":
      return [A, B, FOREIGN];
    case "viewer":
    case "screen":
    case "token of acme":
      return [FOREIGN];
    case "badge token":
      return route === "GET /badge/[file]" ? [B, FOREIGN] : [A, B, FOREIGN];
    case "outsider":
    case "token of globex":
      return [A, B];
    case "guest A":
      return [B, FOREIGN];
    case "guest B":
      return [A, FOREIGN];
    case "administrator":
      return [];
  }
}

import { Validator } from "@seriousme/openapi-schema-validator";
import { z } from "zod";
import { expect, test } from "./support/shared-test";

const ENDPOINT = "acme-in-progress";
const API = "/api/v1/endpoints";

const documentSchema = z.object({
  openapi: z.string(),
  paths: z.record(z.string(), z.unknown()),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});
const viewSchema = z.object({ current: z.string() });
const problemSchema = z.object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() });

test.beforeEach(async ({ rollcall }) => {
  await expect
    .poll(async () => (await (await fetch(rollcall.url + API)).text()).includes('"updatedReplicas":7'))
    .toBe(true);
});

test("every response matches the served OpenAPI document", async ({ rollcall }) => {
  const json = z
    .record(z.string(), z.unknown())
    .parse(await (await fetch(`${rollcall.url}/api/v1/openapi.json`)).json());
  const document = documentSchema.parse(json);
  expect(document.openapi).toMatch(/^3\.1\./);
  expect((await new Validator().validate(structuredClone(json))).valid).toBe(true);

  const view = `${rollcall.url}${API}/${ENDPOINT}`;
  const { current } = viewSchema.parse(await (await fetch(view)).json());
  const answers = {
    FleetView: rollcall.url + API,
    EndpointView: view,
    RolloutList: `${view}/rollouts`,
    RolloutDetail: `${view}/rollouts/${current}`,
    RolloutTraffic: `${view}/rollouts/${current}/traffic`,
    EventList: `${view}/events`,
    RawReply: `${view}/raw`,
    Muted: `${view}/mute`,
    GuestLinkList: `${view}/links`,
    SessionList: `${rollcall.url}/api/v1/sessions`,
    ScreenList: `${rollcall.url}/api/v1/screens`,
    People: `${rollcall.url}/api/v1/people`,
    ServiceTokenList: `${rollcall.url}/api/v1/tokens`,
    NotificationList: `${rollcall.url}/api/v1/notifications`,
    AuditList: `${rollcall.url}/api/v1/audit`,
    CheckCounts: `${rollcall.url}/api/v1/diagnostics`,
    Problem: `${rollcall.url}${API}/acme-nobody`,
  };
  for (const [name, url] of Object.entries(answers)) {
    const described = document.components.schemas[name];
    if (described === undefined) throw new Error(`The document does not describe ${name}.`);
    const answer: unknown = await (await fetch(url)).json();
    expect(z.fromJSONSchema(described).safeParse(answer).error, name).toBeUndefined();
  }
  const texts = {
    "text/csv": `${view}/rollouts/${current}/series.csv`,
    "text/markdown": `${view}/rollouts/${current}/receipt.md`,
  };
  for (const [type, url] of Object.entries(texts)) {
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toContain(type);
  }
  expect(Object.keys(document.paths)).toHaveLength(42);
});

test("errors are problem details, and unknown is the same as forbidden", async ({ rollcall }) => {
  const ask = async (path: string) => {
    const response = await fetch(rollcall.url + path);
    return {
      status: response.status,
      type: response.headers.get("content-type"),
      body: await response.text(),
    };
  };
  const unknown = await ask(`${API}/acme-nobody`);
  expect(unknown.status).toBe(404);
  expect(unknown.type).toMatch(/^application\/problem\+json/);
  expect(problemSchema.parse(JSON.parse(unknown.body)).status).toBe(404);
  // An invalid id, an id of another organization, and a deployment that does not exist.
  for (const path of [`${API}/a..b`, `${API}/globex-qwen-3-32b`, `${API}/${ENDPOINT}/rollouts/nobody`]) {
    expect(await ask(path)).toEqual(unknown);
  }
  for (const query of ["limit=0", "limit=101", "limit=many", "cursor=forged"]) {
    const refused = await ask(`${API}/${ENDPOINT}/rollouts?${query}`);
    expect(refused.status).toBe(400);
    expect(problemSchema.parse(JSON.parse(refused.body)).detail).toMatch(/limit|cursor/);
  }
});

test("an unchanged answer is a 304 by its ETag, alone or in a list", async ({ rollcall }) => {
  const url = `${rollcall.url}${API}/acme-done`;
  const first = await fetch(url);
  const etag = first.headers.get("etag") ?? "";
  expect(etag).toMatch(/^W\/"[\w-]+"$/);
  expect(first.headers.get("cache-control")).toBe("private, no-cache");
  expect(first.headers.get("x-content-type-options")).toBe("nosniff");
  for (const known of [etag, `"other", ${etag}`, `${etag}, W/"other"`, etag.replace("W/", ""), "*"]) {
    const again = await fetch(url, { headers: { "if-none-match": known } });
    expect(again.status, known).toBe(304);
    expect(await again.text()).toBe("");
    expect(Number(again.headers.get("rollcall-age"))).toBeGreaterThanOrEqual(0);
    expect(Number(again.headers.get("rollcall-next-poll-in"))).toBeGreaterThan(0);
    expect(again.headers.get("etag")).toBe(etag);
  }
  expect((await fetch(url, { headers: { "if-none-match": 'W/"other"' } })).status).toBe(200);
});

test("only reading is possible", async ({ rollcall, simulator }) => {
  const { at } = await simulator.clock({});
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    for (const path of [
      API,
      `${API}/${ENDPOINT}`,
      `${API}/${ENDPOINT}/rollouts`,
      `${API}/${ENDPOINT}:deployModel`,
    ]) {
      const { status } = await fetch(rollcall.url + path, { method, body: "{}" });
      expect([404, 405], `${method} ${path}`).toContain(status);
    }
  }
  const head = await fetch(`${rollcall.url}${API}/${ENDPOINT}`, { method: "HEAD" });
  expect([200, 405]).toContain(head.status);
  expect(await head.text()).toBe("");
  expect((await simulator.requests(at)).filter(({ method }) => method !== "GET")).toEqual([]);
});

test("liveness and readiness are separate from the upstream's health", async ({ rollcall }) => {
  const alive = await fetch(`${rollcall.url}/livez`);
  expect([alive.status, (await alive.text()).trim()]).toEqual([200, "alive"]);
  const ready = await fetch(`${rollcall.url}/readyz`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toEqual({ isReady: true, reasons: [], warnings: [] });
});

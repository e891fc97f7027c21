import { expect, it, onTestFinished } from "vitest";

import { closedAddress, startConnectProxy } from "@/lib/server/config/testing/connect-proxy";

import { createStatusPageClient } from "./status-page-client";
import { json, startUpstream, status, type Answering } from "./testing/upstream-server";

function connect(baseUrl: URL) {
  const budgets = { connect: 20_000, whole: 20_000, bytes: 8_192 };
  const client = createStatusPageClient({ baseUrl, userAgent: "Rollcall/test", budgets });
  onTestFinished(() => client.close());
  return client;
}

const incident = {
  id: "x0ljvc9m1wxj",
  name: "Elevated errors",
  status: "investigating",
  impact: "minor",
  created_at: "2026-11-26T14:40:00.000+01:00",
  started_at: "2026-11-26T13:40:00.000Z",
  updated_at: "2026-11-26T13:50:00.000Z",
  shortlink: "https://stspg.io/7a0d3a4d2",
  incident_updates: [{ body: "We are investigating." }],
};

async function read(answering: Answering) {
  const { url } = await startUpstream(answering);
  return connect(url).readIncidents();
}

it("asks one address below the page's own, without any key", async () => {
  const upstream = await startUpstream(json({ page: {}, incidents: [] }));
  expect(await connect(new URL("/status/", upstream.url)).readIncidents()).toEqual([]);
  expect(upstream.arrivals).toMatchObject([
    { method: "GET", path: "/status/api/v2/incidents/unresolved.json" },
  ]);
  expect(upstream.arrivals[0]?.headers).not.toHaveProperty("authorization");
  expect(upstream.arrivals[0]?.headers).not.toHaveProperty("cookie");
});

it("reads an incident", async () => {
  expect(await read(json({ incidents: [incident] }))).toEqual([
    {
      ...{ id: "x0ljvc9m1wxj", name: "Elevated errors", status: "investigating", impact: "minor" },
      startedAt: Date.UTC(2026, 10, 26, 13, 40),
      link: "https://stspg.io/7a0d3a4d2",
    },
  ]);
});

it("names the worst first, then the newest, each once, and none that is over", async () => {
  const listed = [
    { ...incident, id: "minor" },
    { ...incident, id: "old", impact: "critical", started_at: "2026-11-25T00:00:00Z" },
    { ...incident, id: "new", impact: "critical" },
    { ...incident, id: "new", impact: "critical" },
    { ...incident, id: "none", impact: "none" },
    { ...incident, id: "over", status: "resolved", impact: "critical" },
  ];
  const ids = (await read(json({ incidents: listed }))).map(({ id }) => id);
  expect(ids).toEqual(["new", "old", "minor", "none"]);
});

it("reads what it can of odd entries, and makes a link only of a web address", async () => {
  const rest = { status: "unknown", impact: null, startedAt: null, link: null };
  const listed = [
    null,
    7,
    [],
    {},
    { id: "a" },
    { id: "b", name: "  " },
    { id: "c", name: "c", started_at: "yesterday", shortlink: "javascript:alert(1)" },
    { id: "d", name: "d", started_at: 1_790_000_000, shortlink: "https://user:pass@example.com/" },
    { id: "e", name: "e".repeat(900), shortlink: { href: "https://example.com" } },
  ];
  const incidents = await read(json({ incidents: listed }));
  expect(incidents).toMatchObject(["c", "d", "e"].map((id) => ({ id, ...rest })));
  expect(incidents.at(-1)?.name).toHaveLength(200);
});

it("keeps no more than 20", async () => {
  const listed = Array.from({ length: 40 }, (_, nth) => ({ id: `${nth}`, name: "n" }));
  expect(await read(json({ incidents: listed }))).toHaveLength(20);
});

const html: Answering = (response) =>
  void response.writeHead(200, { "content-type": "text/html" }).end("<html></html>");

it.each([
  ["a redirect", status(302, { location: "https://example.com/" }), "unexpected_redirect", /redirect/],
  ["a limit", status(429, { "retry-after": "90" }), "rate_limited", /answered 429/],
  ["an error", status(503), "upstream_error", /answered 503/],
  ["another site", status(404), "not_found", /answered 404/],
  ["a page", html, "unreadable_reply", /cannot be read/],
  ["another shape", json([]), "unreadable_reply", /cannot be read/],
  ["no list", json({ incidents: {} }), "unreadable_reply", /cannot be read/],
  ["too much", json({ incidents: "x".repeat(9_000) }), "unreadable_reply", /cannot be read/],
])("says what happened, about the status page: %s", async (_, answering, code, message) => {
  const failure: unknown = await read(answering).catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: "UpstreamFailure", code });
  expect(String(failure)).toMatch(message);
  expect(String(failure)).toMatch(/status page/);
  expect(String(failure)).not.toMatch(/Cerebras/);
});

it.each([
  ["refuses", async () => (await startConnectProxy(null)).url, "refused the connection (407)."],
  ["is not there", closedAddress, "cannot be reached (ECONNREFUSED)."],
])("says if the proxy %s", async (_, findAddress, words) => {
  const client = createStatusPageClient({
    ...{ baseUrl: new URL("https://status.test"), userAgent: "Rollcall/test" },
    proxy: { address: await findAddress(), bypass: [] },
  });
  onTestFinished(() => client.close());
  await expect(client.readIncidents()).rejects.toThrow(`The proxy in HTTPS_PROXY ${words}`);
});

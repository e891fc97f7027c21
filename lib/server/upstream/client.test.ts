import { inspect } from "node:util";

import { describe, expect, it, onTestFinished } from "vitest";

import { createUpstreamClient } from "./client";
import { publishedExample } from "./testing/published-example";
import { json, startUpstream, status, type Answering } from "./testing/upstream-server";

const key = "csk-management-key";

function open(baseUrl: URL, readKey = () => Promise.resolve(key)) {
  const client = createUpstreamClient({ baseUrl, readKey, userAgent: "Rollcall/test" });
  onTestFinished(() => client.close());
  return client;
}

async function start(answering: Answering) {
  const upstream = await startUpstream(answering);
  return { ...upstream, client: open(upstream.url) };
}

describe("the client", () => {
  it("reads the published example and keeps it verbatim", async () => {
    const { client } = await start((response) => {
      response.writeHead(200, { "content-type": "application/json" }).end(publishedExample);
    });
    const { report, raw } = await client.readEndpoint("my-org-llama-3.3-70b");
    expect(report.deployments[0]?.state).toMatchObject({ status: "done", reportedStatus: "complete" });
    expect(raw).toMatchObject({ body: publishedExample, isShortened: false, unreadFields: [] });
  });

  it("sends GET on the two templates and nothing else", async () => {
    const { client, arrivals, answerWith } = await start(json({ deployed_models: [] }));
    await client.readEndpoint("acme-qwen-3-32b");
    answerWith(json({ endpoints: [{ endpoint_id: "a" }] }));
    expect((await client.listEndpoints("acme")).report.map(({ endpointId }) => endpointId)).toEqual(["a"]);
    expect(arrivals.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /management/v1/endpoints/acme-qwen-3-32b",
      "GET /management/v1/orgs/acme/endpoints",
    ]);
    expect(arrivals.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${key}`, `Bearer ${key}`]);
  });

  it.each([
    ["/proxy/cerebras", "/proxy/cerebras/management/v1/endpoints/a"],
    ["/proxy/", "/proxy/management/v1/endpoints/a"],
    ["/?tenant=1#here", "/management/v1/endpoints/a"],
    ["//evil.example/", "//evil.example/management/v1/endpoints/a"],
    ["/a/../b", "/b/management/v1/endpoints/a"],
  ])("keeps the path of the base %s", async (base, expected) => {
    const { url, arrivals } = await startUpstream(json({ deployed_models: [] }));
    await open(new URL(url.origin + base)).readEndpoint("a");
    expect(arrivals.map(({ path }) => path)).toEqual([expected]);
  });

  it.each([
    "",
    ".",
    "..",
    "../orgs/acme/endpoints",
    "..%2forgs",
    "a/b",
    "a?b",
    "a#b",
    "a b",
    "a\r\nx: y",
    "a\0",
    "a\n",
    "a..b",
    "-a",
    "a-",
    "a:deployModel",
    "ä",
    "a\u202eb",
    "http://evil.example",
    "x".repeat(129),
  ])("refuses to ask for %j before anything is sent", async (name) => {
    let keysRead = 0;
    const { url, arrivals } = await startUpstream(json({}));
    const client = open(url, () => Promise.resolve(`${key}${(keysRead += 1)}`));
    await expect(client.readEndpoint(name)).rejects.toThrow(RangeError);
    await expect(client.listEndpoints(name)).rejects.toThrow(RangeError);
    expect(arrivals).toEqual([]);
    expect(keysRead).toBe(0);
  });

  it("reports that the key cannot be read, but not why, and sends nothing", async () => {
    const { url, arrivals } = await startUpstream(json({}));
    const client = open(url, () => Promise.reject(new Error(`cannot read ${key}`)));
    const failure: unknown = await client.readEndpoint("a").catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "key_rejected", message: "The management key cannot be read." });
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(key);
    expect(arrivals).toEqual([]);
  });

  it("sends the current key", async () => {
    const { url, arrivals } = await startUpstream(json({ deployed_models: [] }));
    const keys = ["csk-before-rotation", "csk-after-rotation"];
    const client = open(url, () => Promise.resolve(keys.shift() ?? ""));
    await client.readEndpoint("a");
    await client.readEndpoint("a");
    expect(arrivals.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer csk-before-rotation",
      "Bearer csk-after-rotation",
    ]);
  });

  it("keeps nothing of the key if upstream echoes it", async () => {
    const odd = `csk-"odd\\key"`;
    const { url } = await startUpstream((response, request) => {
      const message = `denied for ${request.headers.authorization ?? ""}`;
      json({ name: "a", deployed_models: [{ id: "d", error_message: message }], seen: message })(
        response,
        request,
      );
    });
    for (const used of [key, odd]) {
      const reply = await open(url, () => Promise.resolve(used)).readEndpoint("a");
      expect(reply.report.deployments[0]?.state.errorMessage).toBe("denied for Bearer [redacted]");
      const kept = inspect(reply, { depth: 9 }) + JSON.stringify(reply) + reply.raw.body;
      expect(kept).not.toContain(used);
      expect(kept).not.toContain(JSON.stringify(used).slice(1, -1));
    }
  });

  it("keeps the body of an unreadable reply", async () => {
    const { client } = await start(json(["not", "a", "status"]));
    await expect(client.readEndpoint("a")).rejects.toMatchObject({
      code: "unreadable_reply",
      raw: { body: `["not","a","status"]`, bytes: 20 },
    });
  });

  it("reports a 404 in the same way for a listing and for an endpoint", async () => {
    const { client } = await start(status(404));
    await expect(client.readEndpoint("a")).rejects.toMatchObject({ code: "not_found", status: 404 });
    await expect(client.listEndpoints("acme")).rejects.toThrow(/does not know this name/);
  });
});

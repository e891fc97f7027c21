import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gunzipSync } from "node:zlib";
import { request } from "undici";
import { z } from "zod";
import { startTestSimulator } from "../testing/test-simulator";
import type { TestSimulator } from "../testing/test-simulator";

const STATUS = "/management/v1/endpoints/acme-qwen-3-32b";
const LIST = "/management/v1/orgs/acme/endpoints";
const AUTHORIZATION = { authorization: "Bearer simulator-management-key" };

const made = z.object({ id: z.string() });
const logged = z.object({
  requests: z.array(
    z.object({ rawPath: z.string(), status: z.int().nullable(), faultId: z.string().nullable() }),
  ),
});

describe("faults", () => {
  let simulator: TestSimulator;

  beforeEach(async () => {
    simulator = await startTestSimulator({ scenario: "steady" });
  });

  afterEach(() => simulator.close());

  const fault = async (body: object): Promise<string> => {
    const { status, json } = await simulator.control("POST", "/faults", body);
    expect(status).toBe(200);
    return made.parse(json).id;
  };

  it.each([
    [{ kind: "empty" }, 200, ""],
    [{ kind: "html" }, 200, /<!doctype html>/],
    [{ kind: "wrong-shape", value: "text" }, 200, '"text"'],
    [{ kind: "wrong-shape" }, 200, "[]"],
    [{ kind: "redirect" }, 302, ""],
    [{ kind: "redirect", status: 308, location: "http://127.0.0.1:9/x" }, 308, ""],
    [{ kind: "status", status: 503 }, 503, '{"detail":"Service Unavailable"}'],
    [{ kind: "status", status: 429, body: "slow down", headers: { "retry-after": "-5" } }, 429, "slow down"],
    [{ kind: "body", body: { name: 1 } }, 200, '{"name":1}'],
  ])("%o answers %i %s", async (body, status, text) => {
    await fault(body);
    const answer = await simulator.upstream(STATUS);
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(text);
  });

  it("sends the given headers, locations, types and cookies", async () => {
    await fault({
      kind: "status",
      status: 429,
      headers: { "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" },
      times: 1,
    });
    await fault({ kind: "redirect", location: "https://elsewhere.example/", times: 1 });
    await fault({ kind: "wrong-type", times: 1 });
    await fault({ kind: "set-cookie", times: 1 });
    await fault({ kind: "headers", headers: { date: "Thu, 01 Jan 2009 00:00:00 GMT" }, times: 1 });
    expect((await simulator.upstream(STATUS)).headers["date"]).toMatch(/2009/);
    expect((await simulator.upstream(STATUS)).headers["set-cookie"]).toMatch(/cookie-canary/);
    expect((await simulator.upstream(STATUS)).headers["content-type"]).toBe("text/plain");
    expect((await simulator.upstream(STATUS)).headers["location"]).toBe("https://elsewhere.example/");
    expect((await simulator.upstream(STATUS)).headers["retry-after"]).toMatch(/^Wed, 21 Oct 2026/);
    expect((await simulator.upstream(STATUS)).status).toBe(200);
  });

  it("corrupts the JSON without changing its status", async () => {
    await fault({ kind: "invalid-json" });
    const { status, text, json } = await simulator.upstream(STATUS);
    expect([status, json]).toEqual([200, undefined]);
    expect(text).toMatch(/^\{"name":"acme-qwen-3-32b"/);
  });

  it.each([{ kind: "reset" }, { kind: "truncated" }, { kind: "malformed" }])(
    "%o breaks the call, and only while it lasts",
    async (body) => {
      const id = await fault(body);
      await expect(simulator.upstream(STATUS)).rejects.toThrow();
      await simulator.control("DELETE", `/faults/${id}`);
      expect((await simulator.upstream(STATUS)).status).toBe(200);
    },
  );

  it("never answers while hanging, and the log says so", async () => {
    const id = await fault({ kind: "hang" });
    const options = { headers: AUTHORIZATION, headersTimeout: 100 };
    await expect(request(simulator.upstreamUrl + STATUS, options)).rejects.toThrow();
    const { requests } = logged.parse((await simulator.control("GET", "/requests")).json);
    expect(requests).toEqual([{ rawPath: STATUS, status: null, faultId: id }]);
  });

  it("answers whole in the end when slow, dribbling, or slow with its headers", async () => {
    const healthy = await simulator.upstream(STATUS);
    await fault({ kind: "slow", delayMs: 20, times: 1 });
    await fault({ kind: "dribble", intervalMs: 1, times: 1 });
    await fault({ kind: "slow-headers", intervalMs: 1, times: 1 });
    for (const expected of [healthy, healthy, healthy]) {
      expect((await simulator.upstream(STATUS)).json).toEqual(expected.json);
    }
  });

  it("closes the port when refusing and opens the same one again", async () => {
    await fault({ kind: "refuse" });
    await expect(simulator.upstream(STATUS)).rejects.toThrow(/ECONNREFUSED/);
    await simulator.control("DELETE", "/faults");
    expect((await simulator.upstream(STATUS)).status).toBe(200);
  });

  it("streams a huge body, whose client may leave at any time", async () => {
    await fault({ kind: "huge" });
    const { body } = await request(simulator.upstreamUrl + STATUS, { headers: AUTHORIZATION });
    let bytes = 0;
    for await (const chunk of body) {
      bytes += Buffer.byteLength(z.instanceof(Uint8Array).parse(chunk));
      if (bytes > 3_000_000) break;
    }
    expect(bytes).toBeGreaterThan(3_000_000);
    await fault({ kind: "huge", bytes: 100_000 });
    const { text, json } = await simulator.upstream(STATUS);
    expect(text).toHaveLength(100_000);
    expect(json).toMatchObject({ deployed_models: [] });
  });

  it("sends a gzip bomb that inflates to valid JSON", async () => {
    await fault({ kind: "gzip-bomb", inflatedBytes: 20_000_000 });
    const { headers, body } = await request(simulator.upstreamUrl + STATUS, { headers: AUTHORIZATION });
    const packed = Buffer.from(await body.arrayBuffer());
    expect(headers["content-encoding"]).toBe("gzip");
    expect(packed.length).toBeLessThan(100_000);
    expect(gunzipSync(packed).length).toBe(20_000_000);
  });

  it("takes an endpoint off the listing and answers 404 for it", async () => {
    await fault({ kind: "unlist", endpointId: "acme-qwen-3-32b" });
    expect((await simulator.upstream(LIST)).json).toEqual({ endpoints: [] });
    expect((await simulator.upstream(STATUS)).status).toBe(404);
  });

  it("applies by path, pattern, method, after some calls and for some calls; the newest wins", async () => {
    await fault({ kind: "status", status: 500, path: "/management/v1/orgs/" });
    await fault({ kind: "status", status: 503, pattern: "endpoints/acme-.*32b$", after: 1, times: 2 });
    await fault({ kind: "status", status: 418, method: "post" });
    const statuses = [];
    for (const path of [LIST, STATUS, STATUS, STATUS, STATUS])
      statuses.push((await simulator.upstream(path)).status);
    expect(statuses).toEqual([500, 200, 503, 503, 200]);
    expect((await simulator.upstream(LIST, { method: "POST" })).status).toBe(418);
  });

  it.each([
    {},
    { kind: "explode" },
    { kind: "slow" },
    { kind: "status", status: 99 },
    { kind: "hang", pattern: "(" },
    { kind: "hang", typo: true },
    { kind: "refuse", times: 1 },
    { kind: "redirect", status: 303 },
    { kind: "status", status: 500, headers: { "x-split": "a\r\nb" } },
    { kind: "status", status: 500, headers: { "bad name": "a" } },
  ])("refuses %o and changes nothing", async (body) => {
    expect((await simulator.control("POST", "/faults", body)).status).toBe(400);
    expect((await simulator.control("GET", "/faults")).json).toEqual({ faults: [] });
  });
});

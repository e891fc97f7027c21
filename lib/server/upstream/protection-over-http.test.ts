import { describe, expect, it, onTestFinished, vi } from "vitest";

import { createUpstreamClient } from "./client";
import { json, startUpstream, status } from "./testing/upstream-server";

async function start(answering: Parameters<typeof startUpstream>[0]) {
  const upstream = await startUpstream(answering);
  const client = createUpstreamClient({
    baseUrl: upstream.url,
    readKey: () => Promise.resolve("csk-management-key"),
    userAgent: "Rollcall/test",
  });
  onTestFinished(() => client.close());
  return { ...upstream, client };
}

describe("the protection of calls, over real HTTP", () => {
  it.each([
    ["429 with seconds", 429, "2", 2_000],
    ["429 without a time", 429, null, 30_000],
    ["429 with garbage", 429, "soon", 30_000],
    ["429 with a negative time", 429, "-5", 1_000],
    ["429 with zero", 429, "0", 1_000],
    ["429 with a fraction", 429, "1.5", 1_500],
    ["429 with a huge time", 429, "9".repeat(40), 900_000],
    ["503 with seconds", 503, "2", 2_000],
  ])("sends nothing at all after a %s", async (_, code, header, expected) => {
    const { client, arrivals, answerWith } = await start(
      status(code, header === null ? {} : { "retry-after": header }),
    );
    await expect(client.readEndpoint("a")).rejects.toMatchObject({ status: code, retryAfter: expected });
    answerWith(json({ deployed_models: [] }));
    for (const call of [client.readEndpoint("a"), client.readEndpoint("b"), client.listEndpoints("acme")]) {
      await expect(call).rejects.toMatchObject({ status: code, detail: "held back" });
    }
    expect(arrivals).toHaveLength(1);
  });

  it("calls again when the pause is over, and not before", async () => {
    const { client, arrivals, answerWith } = await start(status(429, { "retry-after": "1" }));
    await expect(client.readEndpoint("a")).rejects.toMatchObject({ retryAfter: 1_000 });
    const heldAt = performance.now();
    answerWith(json({ deployed_models: [] }));
    await vi.waitFor(() => client.readEndpoint("b"));
    expect(arrivals).toHaveLength(2);
    expect((arrivals[1]?.tick ?? 0) - heldAt).toBeGreaterThanOrEqual(990);
  });

  it.each([
    [500, "2"],
    [503, null],
    [503, "soon"],
    [404, "2"],
  ])("does not hold back other calls after %i with Retry-After %s", async (code, header) => {
    const { client, arrivals, answerWith } = await start(
      status(code, header === null ? {} : { "retry-after": header }),
    );
    await expect(client.readEndpoint("a")).rejects.toMatchObject({ status: code, retryAfter: null });
    answerWith(json({ deployed_models: [] }));
    await client.readEndpoint("b");
    expect(arrivals).toHaveLength(2);
  });

  it("opens after eight failures in a row and says why", async () => {
    const { client, arrivals } = await start(status(502));
    for (let count = 0; count < 8; count += 1) await client.readEndpoint("a").catch(() => undefined);
    await expect(client.listEndpoints("acme")).rejects.toMatchObject({
      code: "upstream_error",
      message: "Cerebras answers 502.",
      detail: "held back",
    });
    expect(arrivals).toHaveLength(8);
  });
});

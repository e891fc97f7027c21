import { describe, expect, it, onTestFinished, vi } from "vitest";

import { createUpstreamClient } from "./client";
import { json, startUpstream, status, type Answering } from "./testing/upstream-server";

const budgets = { connect: 20_000, whole: 20_000, bytes: 64 * 1024 };

async function start(answering: Answering, readKey = () => Promise.resolve("csk-management-key")) {
  const upstream = await startUpstream(answering);
  const client = createUpstreamClient({
    baseUrl: upstream.url,
    readKey,
    userAgent: "Rollcall/test",
    budgets,
  });
  onTestFinished(() => client.close());
  return { ...upstream, client };
}

describe("many calls at once", () => {
  it("send nothing after a pause was prescribed, however many calls were under way", async () => {
    const waiting: (() => void)[] = [];
    const { client, arrivals, answerWith } = await start((response, request) => {
      waiting.push(() => status(429, { "retry-after": "600" })(response, request));
    });
    const calls = Array.from({ length: 16 }, (_, index) => client.readEndpoint(`endpoint-${index}`));
    const outcomes = Promise.allSettled(calls);
    await vi.waitFor(() => expect(waiting).toHaveLength(16));
    answerWith(json({ deployed_models: [] }));
    waiting.pop()?.();
    await vi.waitFor(() => expect(client.findHold()).toMatchObject({ code: "rate_limited" }));
    await expect(client.readEndpoint("late")).rejects.toMatchObject({ detail: "held back" });
    for (const answer of waiting) answer();
    await outcomes;
    await expect(client.listEndpoints("later")).rejects.toMatchObject({ detail: "held back" });
    expect(arrivals).toHaveLength(16);
  });

  it("send nothing if the pause was prescribed while the key was being read", async () => {
    const locks: ((key: string) => void)[] = [];
    const { client, arrivals } = await start(
      status(429, { "retry-after": "600" }),
      () => new Promise((resolve) => locks.push(resolve)),
    );
    const first = client.readEndpoint("a");
    const second = client.readEndpoint("b");
    locks[0]?.("csk-management-key");
    await expect(first).rejects.toMatchObject({ code: "rate_limited" });
    locks[1]?.("csk-management-key");
    await expect(second).rejects.toMatchObject({ code: "rate_limited", detail: "held back" });
    expect(arrivals).toHaveLength(1);
  });

  it("are all answered if there are more calls than connections", async () => {
    const { client, arrivals } = await start(json({ deployed_models: [] }));
    const calls = Array.from({ length: 40 }, (_, index) => client.readEndpoint(`endpoint-${index}`));
    await Promise.all(calls);
    expect(new Set(arrivals.map(({ path }) => path)).size).toBe(40);
  });

  it("are held back after eight failures, even if the key could not be read in between", async () => {
    let asked = 0;
    const { client, arrivals } = await start(status(500), () => {
      asked += 1;
      return asked % 3 === 0 ? Promise.reject(new Error("removed")) : Promise.resolve("csk-management-key");
    });
    for (let count = 0; count < 12; count += 1) await client.readEndpoint("a").catch(() => undefined);
    await expect(client.readEndpoint("a")).rejects.toMatchObject({
      message: "Cerebras answers 500.",
      detail: "held back",
    });
    expect(arrivals).toHaveLength(8);
  });
});

import { describe, expect, it, onTestFinished } from "vitest";

import { createUpstreamClient } from "@/lib/server/upstream/client";
import { json, startUpstream, status, type Answering } from "@/lib/server/upstream/testing/upstream-server";

import { askUpstream } from "./ask-upstream";

async function ask(answering: Answering) {
  const { url, arrivals } = await startUpstream(answering);
  const client = createUpstreamClient({
    baseUrl: url,
    readKey: () => Promise.resolve("csk-key"),
    userAgent: "Rollcall/test",
  });
  onTestFinished(() => client.close());
  return { facts: await askUpstream({ org: "acme", endpointIds: [] }, url.host, client), arrivals };
}

describe("askUpstream", () => {
  it("requests the listing and its first endpoints, and reads the clock", async () => {
    const ids = Array.from({ length: 14 }, (_, index) => `acme-${index}`);
    const list = { endpoints: ids.map((id) => ({ endpoint_id: id })) };
    const one = { deployed_models: [{ id: "d", rollout_status: "done", strange: 1 }] };
    const { facts, arrivals } = await ask((response, request) => {
      response.setHeader("date", new Date(Date.now() - 3_600_000).toUTCString());
      json(request.url?.includes("/orgs/") ? list : one)(response, request);
    });
    expect(facts.org?.listing).toEqual({ answer: 14, cause: null });
    expect(arrivals).toHaveLength(11);
    expect(facts.endpoints[0]?.reply.answer).toMatchObject({
      newest: { reportedStatus: "done", updatedReplicas: null },
      unreadFields: ["deployed_models[].strange"],
    });
    expect(Math.abs((facts.clockSkew ?? 0) - 3_600_000)).toBeLessThan(2_000);
  });

  it("returns a refusal as a cause", async () => {
    const { facts } = await ask(status(401));
    expect(facts.org?.listing.cause?.code).toBe("key_rejected");
    expect(facts.endpoints).toEqual([]);
  });
});

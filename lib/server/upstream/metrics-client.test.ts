import { inspect } from "node:util";

import { describe, expect, it, onTestFinished } from "vitest";

import { createMetricsClient } from "./metrics-client";
import { startRawUpstream, startUpstream, status, type Answering } from "./testing/upstream-server";

const key = "csk-canary-inference-key";

function connect(baseUrl: URL, patience = 20_000) {
  const client = createMetricsClient({
    baseUrl,
    organizationId: "org_acme",
    readKey: () => Promise.resolve(key),
    userAgent: "Rollcall/test",
    budgets: { connect: patience, whole: patience, bytes: 4_096 },
  });
  onTestFinished(() => client.close());
  return client;
}

async function failWith(answering: Answering): Promise<unknown> {
  const { url } = await startUpstream(answering);
  return connect(url)
    .readMinute()
    .catch((error: unknown) => error);
}

const text = (body: string, type = "text/plain; version=0.0.4"): Answering => {
  return (response) => void response.writeHead(200, { "content-type": type }).end(body);
};

it("asks one address with the inference key, and reads the minute", async () => {
  const upstream = await startUpstream(text('requests_count_total{endpoint="acme-qwen"} 7\n'));
  const minute = await connect(upstream.url).readMinute();
  expect(minute.get("acme-qwen")).toMatchObject({ requests: 7, failures: null });
  expect(upstream.arrivals).toMatchObject([
    {
      method: "GET",
      path: "/api/v1/metrics/organizations/org_acme",
      headers: { authorization: `Bearer ${key}` },
    },
  ]);
});

describe("a failure", () => {
  it.each([
    ["a rejected key", status(401), "key_rejected", /rejects the inference key \(401\)/],
    ["a key without access", status(403), "key_lacks_access", /inference key lacks access/],
    ["a limit", status(429, { "retry-after": "20" }), "rate_limited", /slow down/],
    ["a redirect", status(302, { location: "https://example.com/" }), "unexpected_redirect", /redirect/],
    ["a page", text("<html></html>", "text/html"), "unreadable_reply", /cannot be read/],
    ["nonsense", text("one two three"), "unreadable_reply", /cannot be read/],
    ["too much", text("a 1\n".repeat(2_000)), "unreadable_reply", /larger/],
  ])("says what happened: %s", async (_, answering, code, message) => {
    const failure = await failWith(answering);
    expect(failure).toMatchObject({ name: "UpstreamFailure", code });
    expect(String(failure)).toMatch(message);
  });

  it("keeps to a prescribed pause, until the key is replaced", async () => {
    const upstream = await startUpstream(status(429, { "retry-after": "60" }));
    const client = connect(upstream.url);
    await expect(client.readMinute()).rejects.toMatchObject({ code: "rate_limited" });
    await expect(client.readMinute()).rejects.toMatchObject({ detail: "held back" });
    expect(upstream.arrivals).toHaveLength(1);
    client.clearHolds();
    await expect(client.readMinute()).rejects.toMatchObject({ detail: "429" });
    expect(upstream.arrivals).toHaveLength(2);
  });
});

describe("the inference key", () => {
  const echo: Answering = (response, request) => {
    const sent = request.headers.authorization ?? "";
    response.writeHead(401, sent, { "www-authenticate": sent, location: `/${sent}` }).end(sent);
  };
  const raw: [string, string][] = [
    ["in the status line", `HTTP/1.1 Bearer ${key}\r\n\r\n`],
    ["in a broken header", `HTTP/1.1 200 OK\r\n${key}\r\n\r\n`],
    ["in a type", `HTTP/1.1 200 OK\r\ncontent-type: ${key}\r\n\r\na 1`],
    ["in a body that is no metrics", `HTTP/1.1 200 OK\r\n\r\n${key}`],
    ["in the host of a redirect", `HTTP/1.1 302 Found\r\nlocation: https://${key}.example/\r\n\r\n`],
  ];

  it("appears nowhere if it is echoed in an error reply", async () => {
    expect(inspect(await failWith(echo), { depth: 20, showHidden: true })).not.toContain("canary");
  });

  it.each(raw)("appears nowhere if it is echoed %s", async (_, answer) => {
    const url = await startRawUpstream((socket) => socket.end(answer));
    const failure: unknown = await connect(url)
      .readMinute()
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "UpstreamFailure" });
    expect(inspect(failure, { depth: 20, showHidden: true })).not.toContain("canary");
  });

  it("is removed from metrics that hold it", async () => {
    const { url } = await startUpstream(text(`requests_count_total{endpoint="${key}"} 7`));
    expect([...(await connect(url).readMinute()).keys()]).toEqual(["[redacted]"]);
  });
});

import { malformedEncodings } from "./support/malformed-encodings";
import { askSocket } from "./support/raw-socket";
import { expect, test } from "./support/test";

const PLACES = [
  "/endpoints/",
  "/endpoints/x/rollouts/",
  "/share/",
  "/api/v1/endpoints/",
  "/api/v1/shared/rollouts/",
  "/api/auth/",
];
const PAGES = ["/", "/endpoints/acme-qwen-3-32b", "/no-such-page", "/wall", "/sign-in"];
const TEXT = "0123456789abcdef0123456789abcdef01234567";

test("a request that cannot be served is refused before the framework, with a message and headers", async ({
  rollcall,
}) => {
  const host = `Host: ${new URL(rollcall.url).host}`;
  const before = rollcall.output;
  const refuse = async (status: number, line: string, ...headers: string[]) => {
    const answer = await askSocket(rollcall.url, [line, host, ...headers]);
    const what = `${line} ${headers.join(", ")}`;
    expect(answer.status, what).toBe(status);
    expect(answer.head, what).toContain("x-content-type-options: nosniff");
    expect(answer.head, what).toMatch(/cache-control: [a-z, ]*no-store/);
    expect(answer.isClosed, what).toBe(true);
    return answer;
  };

  for (const text of malformedEncodings) {
    for (const place of PLACES) await refuse(400, `GET ${place}${text} HTTP/1.1`);
  }
  for (const page of PAGES) {
    for (const method of ["PUT", "PATCH", "DELETE", "PROPFIND", "TRACE"]) {
      expect((await refuse(405, `${method} ${page} HTTP/1.1`)).head).toContain("allow: get, head");
    }
    await refuse(400, `GET ${page} HTTP/1.1`, `Next-Action: ${TEXT}`);
    await refuse(400, `GET ${page} HTTP/1.1`, "RSC: 1", `Next-Router-State-Tree: ${TEXT}`);
  }
  expect((await refuse(405, "TRACE /api/v1/endpoints HTTP/1.1")).body).toContain('"status":405');
  await refuse(405, "POST / HTTP/1.1", `Next-Action: ${TEXT}`, "Content-Length: 0");

  expect(rollcall.output, "strangers write nothing into the log").toBe(before);
});

test("a request that the parser refuses learns why, with headers", async ({ rollcall }) => {
  const host = `Host: ${new URL(rollcall.url).host}`;
  const long = "a".repeat(20_000);
  for (const [status, why, lines] of [
    [431, "cookies", ["GET / HTTP/1.1", host, `Cookie: ${long}`]],
    [431, "shorten the address", [`GET /${long} HTTP/1.1`, host]],
    [400, "not a request", ["GARBAGE"]],
    [400, "not a request", ["GET / HTTP/1.1", host, "Content-Length: 1", "Transfer-Encoding: chunked"]],
  ] as const) {
    const answer = await askSocket(rollcall.url, lines);
    const what = lines.join(", ").slice(0, 80);
    expect([answer.status, answer.isClosed], what).toEqual([status, true]);
    expect(answer.head, what).toContain("x-content-type-options: nosniff");
    expect(answer.head, what).toContain("cache-control: no-store");
    expect(answer.body, what).toContain(why);
  }
});

test("standard output is one JSON line per event from the start", ({ rollcall }) => {
  const lines = rollcall.stdout.trimEnd().split("\n");
  expect(lines.filter((line) => !/^\{"level":/.test(line))).toEqual([]);
});

test("a connection marked to be closed is closed at once", async ({ rollcall }) => {
  const host = `Host: ${new URL(rollcall.url).host}`;
  for (const lines of [
    ["GET /api/v1/endpoints HTTP/1.1", "Connection: close"],
    ["GET /api/v1/endpoints HTTP/1.1", "If-None-Match: *", "Connection: close"],
    ["GET /api/v1/endpoints HTTP/1.0"],
    ["GET /api/v1/endpoints HTTP/1.0", "If-None-Match: *"],
    ["GET / HTTP/1.1", "Connection: close"],
  ]) {
    const { status, head, isClosed } = await askSocket(rollcall.url, [...lines, host]);
    expect([200, 304], lines.join(", ")).toContain(status);
    expect(head, lines.join(", ")).not.toContain("connection: keep-alive");
    expect(isClosed, lines.join(", ")).toBe(true);
  }
  const kept = await askSocket(rollcall.url, ["GET /api/v1/endpoints HTTP/1.1", host]);
  expect(kept).toMatchObject({ status: 200, isClosed: false });
});

test("a request for another host name learns which one is set, on the page and once in the log", async ({
  rollcall,
}) => {
  const ask = (path: string, host: string) =>
    askSocket(rollcall.url, [`GET ${path} HTTP/1.1`, `Host: ${host}`]);
  for (const path of ["/", "/sign-in", "/wall", "/api/v1/endpoints"]) {
    const { status, head, body } = await ask(path, "rollcall.example.com");
    expect(status, path).toBe(421);
    expect(body, path).toMatch(/rollcall\.example\.com.*localhost.*ROLLCALL_URL/s);
    expect(body, path).not.toContain("<script");
    expect(head, path).toContain("nosniff");
  }
  for (let nth = 0; nth < 50; nth += 1) await ask("/", `n${nth}.example`);
  const logged = rollcall.stdout.split("\n").filter((line) => line.includes("ROLLCALL_URL"));
  expect(logged.filter((line) => line.includes('"host":"rollcall.example.com"'))).toHaveLength(1);
  expect(logged).toHaveLength(20);
});

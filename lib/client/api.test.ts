import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";

import * as z from "zod/mini";
import { afterEach, expect, test, vi } from "vitest";

import type { Polled } from "@/lib/contract/polled";

import { askServer, changeServer, readText } from "./api";

const schema = z.object({ count: z.number() });

type Given = { status: number; body?: string; headers?: Record<string, string> };

let server: Server | null = null;

async function serve(given: Given): Promise<{ path: string; asked: () => string | undefined }> {
  let etag: string | undefined;
  server = createServer((request, response) => {
    etag = request.headers["if-none-match"];
    response.writeHead(given.status, given.headers).end(given.body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { path: `http://127.0.0.1:${portOf(server.address())}/`, asked: () => etag };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

function ask(path: string, known?: Polled<{ count: number }>) {
  return askServer(path, () => schema, { known, signal: new AbortController().signal });
}

const known: Polled<{ count: number }> = { body: { count: 1 }, etag: 'W/"a"', age: 0, nextPollIn: 1 };

test("an answer includes the values of its headers", async () => {
  const headers = { etag: 'W/"b"', "rollcall-age": "120", "rollcall-next-poll-in": "4880" };
  const { path, asked } = await serve({ status: 200, body: '{"count":7}', headers });
  const { polled, isUnchanged } = await ask(path, known);
  expect(polled).toEqual({ body: { count: 7 }, etag: 'W/"b"', age: 120, nextPollIn: 4880 });
  expect(isUnchanged).toBe(false);
  expect(asked()).toBe('W/"a"');
});

test("a 304 keeps the known body and updates the times", async () => {
  const { path } = await serve({
    status: 304,
    headers: { "rollcall-age": "9", "rollcall-next-poll-in": "8" },
  });
  const { polled, isUnchanged } = await ask(path, known);
  expect(polled.body).toBe(known.body);
  expect(polled).toMatchObject({ age: 9, nextPollIn: 8 });
  expect(isUnchanged).toBe(true);
});

test("headers with unusable values are ignored", async () => {
  const headers = { "rollcall-age": "soon", "rollcall-next-poll-in": "-1" };
  const { path } = await serve({ status: 200, body: '{"count":7}', headers });
  expect((await ask(path)).polled).toMatchObject({ age: null, nextPollIn: 5_000 });
});

const problem = {
  type: "about:blank",
  title: "Not found",
  status: 404,
  detail: "Rollcall watches nothing by this name.",
};

test.each([
  [{ status: 404, body: JSON.stringify(problem) }, "problem", "Rollcall watches nothing by this name."],
  [
    { status: 502, body: "<html>" },
    "unreadable",
    "Rollcall’s server answered 502 in a form that cannot be read.",
  ],
  [
    { status: 200, body: "<html>" },
    "unreadable",
    "Rollcall’s server answered 200 in a form that cannot be read.",
  ],
  [
    { status: 200, body: '{"count":"7"}' },
    "unreadable",
    "Rollcall’s server answered 200 in a form that cannot be read.",
  ],
])("%j fails in words", async (given: Given, kind, message) => {
  const { path } = await serve(given);
  await expect(ask(path)).rejects.toMatchObject({ name: "ApiFailure", kind, message });
});

test("a request without any response fails with a sentence", async () => {
  const { path } = await serve({ status: 200 });
  server?.close();
  server?.closeAllConnections();
  await expect(ask(path)).rejects.toMatchObject({
    kind: "unreachable",
    message: "Rollcall’s server cannot be reached.",
  });
});

test("an abort by the caller is not a failure of the server", async () => {
  const signal = AbortSignal.abort();
  await expect(
    askServer("http://127.0.0.1:9/", () => schema, { known: undefined, signal }),
  ).rejects.toMatchObject({
    name: "AbortError",
  });
});

/** A server that begins to answer and never ends; it says when the headers are out. */
async function serveHalf(status: number): Promise<string> {
  server = createServer((_, response) => {
    response.writeHead(status, { "content-type": "application/json" }).write('{"count":');
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${portOf(server.address())}/`;
}

const asks: [string, (path: string) => Promise<unknown>][] = [
  ["a question", (path) => ask(path)],
  ["a change", (path) => changeServer({ method: "POST", path }, () => schema)],
  ["a text", (path) => readText(path)],
];

test.each(asks.flatMap(([name, asked]) => [200, 500].map((status) => ({ name, status, asked }))))(
  "a body of $name with status $status that takes too long times out",
  async ({ status, asked }) => {
    const path = await serveHalf(status);
    const patience = new AbortController();
    vi.spyOn(AbortSignal, "timeout").mockReturnValue(patience.signal);
    const answer = asked(path);
    server?.once("request", () => setTimeout(() => patience.abort(), 50));
    await expect(answer).rejects.toMatchObject({ name: "ApiFailure", kind: "timed_out" });
  },
);

test.each(asks)("a body of %s that breaks off counts as unreachable", async (_, asked) => {
  const path = await serveHalf(200);
  server?.once("request", () => setTimeout(() => server?.closeAllConnections(), 50));
  await expect(asked(path)).rejects.toMatchObject({ name: "ApiFailure", kind: "unreachable" });
});

test("a text is returned unchanged, and a failure has the server's message", async () => {
  const { path } = await serve({ status: 200, body: "# Receipt" });
  expect(await readText(path)).toBe("# Receipt");
  server?.close();
  const refused = await serve({ status: 404, body: JSON.stringify(problem) });
  await expect(readText(refused.path)).rejects.toMatchObject({ kind: "problem", message: problem.detail });
});

import { beforeEach, expect, test, vi } from "vitest";

import { beginSignIn } from "./begin-sign-in";

const origin = "https://rollcall.example";
let sent: { path: string; body: string | null }[];
let wentTo: string[];

/** A server that answers the request for a token, and the request to sign in with this address. */
function answerWith(url: string): void {
  vi.stubGlobal("fetch", (path: string, { body }: { body?: URLSearchParams } = {}) => {
    sent.push({ path, body: body?.toString() ?? null });
    return Promise.resolve(Response.json(path === "/api/auth/csrf" ? { csrfToken: "t" } : { url }));
  });
}

beforeEach(() => {
  [sent, wentTo] = [[], []];
  vi.stubGlobal("location", { origin, hash: "#chart", assign: (url: string) => wentTo.push(url) });
  return () => void vi.unstubAllGlobals();
});

test("goes to the provider, which sends the browser back to the page and place that it came from", async () => {
  answerWith("https://idp.example/authorize?state=1");
  expect(await beginSignIn("oidc", "/endpoints/a?from=1")).toBeNull();
  expect(wentTo).toEqual(["https://idp.example/authorize?state=1"]);
  expect(sent.map(({ path }) => path)).toEqual(["/api/auth/csrf", "/api/auth/signin/oidc"]);
  const fields = new URLSearchParams(sent[1]?.body ?? "");
  expect(fields.get("callbackUrl")).toBe(`${origin}/endpoints/a?from=1#chart`);
  expect(fields.get("csrfToken")).toBe("t");
});

test.each([
  ["unreachable", "unreachable"],
  ["anything", "failed"],
])("stays on the page when the server says %s", async (failure, reason) => {
  answerWith(`${origin}/sign-in?failure=${failure}`);
  expect(await beginSignIn("oidc", "/")).toBe(reason);
  expect(wentTo).toEqual([]);
});

test("a failure that another site names is none of ours", async () => {
  answerWith("https://idp.example/?failure=unreachable");
  expect(await beginSignIn("oidc", "/")).toBeNull();
  expect(wentTo).toHaveLength(1);
});

test("an answer that cannot be read, or none, fails in words", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("<html>", { status: 502 })));
  await expect(beginSignIn("oidc", "/")).rejects.toMatchObject({ status: 502 });
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("refused")));
  await expect(beginSignIn("oidc", "/")).rejects.toMatchObject({ kind: "unreachable" });
  expect(wentTo).toEqual([]);
});

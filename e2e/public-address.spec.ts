import { SIGN_IN, firstPassword } from "./support/people";
import { askRaw } from "./support/raw-ask";
import { expect, test } from "./support/shared-test";

const HOST = "rollcall.example";

test.use({
  settings: {
    ...SIGN_IN,
    ROLLCALL_URL: `https://${HOST}`,
    ROLLCALL_OIDC_ISSUER: "https://sso.example",
    ROLLCALL_OIDC_CLIENT_ID: "rollcall",
    ROLLCALL_OIDC_CLIENT_SECRET: "client-secret",
    ROLLCALL_VIEWERS: "@example.com",
    ROLLCALL_PASSWORDS: "on",
    ROLLCALL_FRAME_ANCESTORS: "https://wiki.example, https://chat.example",
  },
});

// The tests share one Rollcall, in one worker.
test.describe.configure({ mode: "default" });

test("behind https every page sends HSTS and allows the identity provider", async ({ rollcall }) => {
  for (const path of ["/sign-in", "/wall", "/no-such-page", "/endpoints/acme-qwen-3-32b"]) {
    const { headers } = await askRaw(rollcall.url, path, { headers: { host: HOST } });
    expect(headers["strict-transport-security"], path).toBe("max-age=63072000");
    expect(headers["content-security-policy"], path).toContain("form-action 'self' https://sso.example;");
  }
});

test("allowed origins may frame the wall and shared pages, and no others", async ({ rollcall }) => {
  const framing = async (path: string) => {
    const { headers } = await askRaw(rollcall.url, path, { headers: { host: HOST } });
    return /frame-ancestors [^;]*/.exec(headers["content-security-policy"]?.toString() ?? "")?.[0];
  };
  const allowed = "frame-ancestors https://wiki.example https://chat.example";
  expect(await framing("/wall")).toBe(allowed);
  expect(await framing(`/share/${"A".repeat(43)}`)).toBe(allowed);
  for (const path of ["/sign-in", "/account", "/walls", "/", "/endpoints/acme-qwen-3-32b"]) {
    expect(await framing(path), path).toBe("frame-ancestors 'none'");
  }
});

test("the cookie is bound to https, this host and its root", async ({ rollcall }) => {
  const password = firstPassword(rollcall);
  const enter = (origin: string) =>
    fetch(`${rollcall.url}/api/v1/sign-in`, {
      method: "POST",
      headers: { origin, "content-type": "application/json" },
      body: JSON.stringify({ account: "admin", password, newPassword: "correct horse battery" }),
    });
  expect((await enter("https://evil.example")).status).toBe(403);
  expect((await enter(`http://${HOST}`)).status).toBe(403);
  const [cookie = ""] = (await enter(`https://${HOST}`)).headers.getSetCookie();
  expect(cookie).toMatch(
    /^__Host-rollcall-session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  const csrf = await fetch(`${rollcall.url}/api/auth/csrf`);
  for (const each of csrf.headers.getSetCookie()) expect(each).toMatch(/^__(Host|Secure)-.*HttpOnly; Secure/);
});

test("links lead to the public address", async ({ rollcall }) => {
  const response = await fetch(`${rollcall.url}/api/v1/pairings`, {
    method: "POST",
    headers: { origin: `https://${HOST}` },
  });
  expect(await response.text()).toContain(`"url":"https://${HOST}/pair?code=`);
});

import { HtmlValidate } from "html-validate";

import { PASSWORD, SIGN_IN, change, enter, firstPassword } from "./support/people";
import { HOSTILE_TEXTS } from "./support/hostile-texts";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";
const ANCIENT = { ignoreHTTPSErrors: true, javaScriptEnabled: false };

/** The errors of an HTML validator. */
async function complaintsOf(html: string): Promise<string[]> {
  const validator = new HtmlValidate({
    extends: ["html-validate:standard"],
    rules: { "meta-refresh": "off" },
  });
  const report = await validator.validateString(html);
  return report.results.flatMap(({ messages }) => messages.map(({ message, line }) => `${line}: ${message}`));
}

test.describe("with open access", () => {
  test("shows the same as the wall, as valid HTML without scripts", async ({ rollcall, simulator }) => {
    await expect
      .poll(async () => (await fetch(`${rollcall.url}/wall/basic`)).text())
      .toContain("<h1>1 endpoint, all quiet.</h1>");
    const response = await fetch(`${rollcall.url}/wall/basic`);
    const html = await response.text();
    expect(await complaintsOf(html)).toEqual([]);
    expect(html).not.toMatch(/<script|javascript:|\son\w+=/i);
    expect(html).toMatch(/<meta http-equiv="refresh" content="\d+"\/>/);
    expect(html).toMatch(new RegExp(`Done</span></td><td>${ENDPOINT}</td><td>12 of 12</td><td>v8</td>`));
    expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src /);
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    await simulator.fault({ kind: "status", status: 503 });
    await expect
      .poll(async () => (await fetch(`${rollcall.url}/wall/basic`)).text(), { timeout: 30_000 })
      .toMatch(/<h1>Blind since \d\d:\d\d UTC: Cerebras answers 503/);
  });

  test("hostile text is shown, not run", async ({ rollcall, simulator }) => {
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      await simulator.putEndpoint(`acme-hostile-${index}`, {
        org: "acme",
        arch: text,
        deployments: [
          {
            id: `d${index}`,
            rollout_status: "error",
            error_message: text,
            version_alias: text,
            created: 1_790_000_000,
          },
        ],
      });
    }
    await expect
      .poll(async () => (await fetch(`${rollcall.url}/wall/basic`)).text(), { timeout: 30_000 })
      .toContain(`acme-hostile-${HOSTILE_TEXTS.length - 1}`);
    const html = await (await fetch(`${rollcall.url}/wall/basic`)).text();
    expect(html).not.toMatch(/<(script|img|svg|iframe|a)\b/i);
    expect(await complaintsOf(html)).toEqual([]);
  });
});

test.describe("where people sign in", () => {
  test.use({ settings: SIGN_IN });

  test("a client without the cookie uses up no code and is slowed down more and more", async ({
    rollcall,
  }) => {
    for (let asked = 0; asked < 3; asked += 1) {
      const head = await fetch(`${rollcall.url}/wall/basic`, { method: "HEAD", redirect: "manual" });
      expect([head.status, head.headers.getSetCookie()]).toEqual([200, []]);
    }
    const first = await fetch(`${rollcall.url}/wall/basic?theme=dark`, { redirect: "manual" });
    expect(first.headers.getSetCookie()[0]).toMatch(/^rollcall-pairing=/);
    const [, address = ""] = /content="1; url=([^"]+)"/.exec(await first.text()) ?? [];
    expect(address).toBe("/wall/basic?theme=dark&amp;try=1");
    const again = await (await fetch(`${rollcall.url}/wall/basic?theme=dark&try=3`)).text();
    expect(again).toContain("keep Rollcall’s cookie");
    expect(again).toContain('content="40; url=/wall/basic?theme=dark&amp;try=4"');
    // A code requires a cookie that the client sends back, even an invented one.
    const [cookie = ""] = first.headers.getSetCookie()[0]?.split(";") ?? [];
    const second = await fetch(`${rollcall.url}/wall/basic`, { headers: { cookie }, redirect: "manual" });
    const [code] = /[B-Z]{4}-[B-Z]{4}/.exec(await second.text()) ?? [];
    expect([second.status, code?.length]).toEqual([200, 9]);
    expect(second.headers.getSetCookie()[0]).not.toContain(cookie);
  });

  test("an old browser is paired by reloading the page", async ({ browser, rollcall }) => {
    const cookie = await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
    const context = await browser.newContext(ANCIENT);
    const page = await context.newPage();
    await page.goto(`${rollcall.url}/wall/basic?theme=dark`);
    const code = (await page.getByText(/^[B-Z]{4}-[B-Z]{4}$/).textContent()) ?? "";
    expect(await complaintsOf(await page.content())).toEqual([]);
    const displaySettings = { endpointIds: null, theme: "light", rotateSeconds: null };
    const approved = await change(rollcall, "POST", "/api/v1/screens", {
      body: { code, name: "Lobby", displaySettings },
      headers: { cookie },
    });
    expect(approved.status).toBe(200);
    // The page retries by itself.
    await expect(page.getByText(ENDPOINT)).toBeVisible({ timeout: 15_000 });
    expect(page.url()).not.toContain("code=");
    await context.close();
  });
});

import type { IncomingMessage, ServerResponse } from "node:http";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import { SMTPServer } from "smtp-server";

import { passOn, serveHttps } from "./support/https-front";
import { IdentityProvider, proveToBe } from "./support/identity-provider";
import { OutboundProxy, PROXY_USER } from "./support/outbound-proxy";
import { SIGN_IN } from "./support/people";
import { portOf, type Settings } from "./support/rollcall";
import { EndpointScreen } from "./support/screen";
import { expect, test as base } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";
const PEM = "e2e/support/private-ca-server.pem";
const patience = { timeout: 25_000 };

/** A server whose certificate is of a private authority. Its name is known to the proxy only. */
type Outside = {
  proxy: OutboundProxy;
  provider: IdentityProvider;
  /** What arrived at the webhook and by mail. */
  messages: { hook: string[]; mail: string[] };
  settings: Settings;
};

const test = base.extend<{ outside: Outside }>({
  outside: async ({ simulator }, use) => {
    const messages: Outside["messages"] = { hook: [], mail: [] };
    const toUpstream = passOn(() => simulator.upstream);
    const toProvider = passOn(() => `http://127.0.0.1:${provider.port}`);
    const front = await serveHttps(
      "api.example.test",
      (request, response) => {
        const [name = ""] = (request.headers.host ?? "").split(".");
        if (name === "api" || name === "status") toUpstream(request, response);
        else if (name === "sso") toProvider(request, response);
        else void keepBody(request, response).then((body) => messages.hook.push(body));
      },
      PEM,
    );
    const at = (name: string) => `https://${name}.example.test:${front.port}`;
    const provider = await IdentityProvider.plan(at("sso"));
    const mailServer = await startMailServer(messages.mail);
    const proxy = await OutboundProxy.start();
    await use({
      ...{ proxy, provider, messages },
      settings: {
        ...SIGN_IN,
        ...provider.settings,
        ROLLCALL_ADMINISTRATORS: "@example.com",
        ROLLCALL_SECRET: "session-secret-7d1f0c54b2a99e3c8f60",
        HTTPS_PROXY: proxy.url,
        NODE_EXTRA_CA_CERTS: resolve("e2e/support/private-ca.pem"),
        CEREBRAS_API_URL: at("api"),
        ROLLCALL_STATUS_PAGE: at("status"),
        ROLLCALL_WEBHOOK_URL: `${at("hooks")}/rollcall`,
        ROLLCALL_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString("base64")}`,
        ROLLCALL_SMTP_URL: `smtps://mail.example.test:${portOf(mailServer.server)}`,
        ROLLCALL_MAIL_FROM: "rollcall@example.com",
        ROLLCALL_MAIL_TO: "team@example.com",
      },
    });
    await proxy.remove();
    await new Promise<void>((closed) => mailServer.close(closed));
    await provider.remove();
    await front.close();
  },

  settings: ({ outside }, use) => use(outside.settings),

  // The browser looks the provider's name up through the proxy as well, and does not know the authority.
  context: async ({ browser, rollcall, outside, complaints, correspondence }, use) => {
    const context = await browser.newContext({
      baseURL: rollcall.url,
      ignoreHTTPSErrors: true,
      proxy: { server: `http://${outside.proxy.host}`, ...PROXY_USER, bypass: "localhost" },
    });
    complaints.listenTo(context);
    correspondence.listenTo(context);
    await use(context);
    await correspondence.received();
    await context.close();
  },
});

async function keepBody(request: IncomingMessage, response: ServerResponse): Promise<string> {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(request, "end");
  response.writeHead(204).end();
  return Buffer.concat(chunks).toString("utf8");
}

async function startMailServer(mails: string[]): Promise<SMTPServer> {
  const pem = await readFile(resolve(PEM));
  const server = new SMTPServer({
    ...{ secure: true, key: pem, cert: pem, authOptional: true },
    onData: (stream, _, callback) => {
      let mail = "";
      stream.on("data", (chunk: Buffer) => (mail += chunk.toString("utf8")));
      stream.on("end", () => {
        mails.push(mail);
        callback();
      });
    },
  });
  server.on("error", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  return server;
}

test.use({ scenario: "incident" });

test("everything leaves through the proxy, trusts a private authority, and says when the proxy refuses", async ({
  page,
  context,
  rollcall,
  simulator,
  outside,
  complaints,
}) => {
  test.setTimeout(120_000);
  const { proxy, provider, messages } = outside;
  provider.start(rollcall.url);
  // The provider's own pages want a font from elsewhere and have no icon.
  await context.route(/^https:\/\/(?!sso\.example\.test)/, (route) => route.abort());
  complaints.expect(/fonts\.googleapis|favicon\.ico/);

  await page.goto(`/endpoints/${ENDPOINT}`);
  await page.getByRole("button", { name: "Sign in with Example SSO" }).click();
  await proveToBe(page, "ada");
  const screen = new EndpointScreen(page);
  await expect(screen.main).toHaveAttribute("data-freshness", "live", patience);
  await expect(page.getByRole("complementary", { name: "Incident at Cerebras" })).toBeVisible(patience);

  await simulator.deploy(ENDPOINT, { version: 99, replicas: 12, msPerReplica: 60_000 });
  await expect.poll(() => messages.hook.join(""), patience).toContain("rollout.started");
  await expect.poll(() => messages.mail.join(""), patience).toContain("To: team@example.com");
  const names = new Set(proxy.asked.map((asked) => asked.split(".")[0]));
  expect([...names].toSorted()).toEqual(["api", "hooks", "mail", "sso", "status"]);

  const reachable = page
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name: /^Cerebras\.$/ }) });
  await page.goto("/doctor");
  await expect(reachable).toContainText(`(through the proxy ${proxy.host}) is reachable.`);
  proxy.refuse();
  await expect(async () => {
    await page.goto("/doctor");
    await expect(reachable).toContainText("The proxy in HTTPS_PROXY refused the connection (407).", {
      timeout: 500,
    });
    await expect(reachable).toContainText(`through the proxy ${proxy.host}`, { timeout: 500 });
  }).toPass(patience);
  expect(await page.content()).not.toContain(PROXY_USER.password);
  expect(rollcall.output).not.toContain(PROXY_USER.password);
});

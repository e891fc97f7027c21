import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import Provider, { type Configuration } from "oidc-provider";
import type { Page } from "@playwright/test";
import { portOf } from "./rollcall";

/** The provider's accounts, by sign-in name. */
const PEOPLE: Readonly<Record<string, { email: string; email_verified: boolean; groups: string[] }>> = {
  ada: { email: "Ada@Example.com", email_verified: true, groups: ["research"] },
  grace: { email: "grace@example.com", email_verified: true, groups: ["research", "platform-admins"] },
  mallory: { email: "mallory@evil.example", email_verified: true, groups: [] },
  trudy: { email: "trudy@example.com", email_verified: false, groups: [] },
  carol: { email: "carol@partner.example", email_verified: true, groups: [] },
};

const CLIENT = { id: "rollcall", secret: "client-secret-0f2b6c1d9a" };

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A real OpenID provider on loopback: discovery, authorization code with PKCE, an account per name. */
export class IdentityProvider {
  /** Null while it does not answer. It keeps its port, so that no other program takes it. */
  #answer: Listener | null = null;

  private constructor(
    private readonly server: Server,
    readonly port: number,
    readonly issuer: string,
    private readonly isBehindProxy: boolean,
  ) {}

  /**
   * Reserves an address, without answering there yet. `issuer`: the address at which a reverse proxy stands in front of
   * it; its own on loopback by default.
   */
  static async plan(issuer?: string): Promise<IdentityProvider> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const port = portOf(server);
    const own = `http://localhost:${port}`;
    const provider = new IdentityProvider(server, port, issuer ?? own, issuer !== undefined);
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      if (provider.#answer === null) request.socket.destroy();
      else provider.#answer(request, response);
    });
    return provider;
  }

  /** The settings that tell Rollcall about it. */
  get settings() {
    return {
      ROLLCALL_OIDC_ISSUER: this.issuer,
      ROLLCALL_OIDC_CLIENT_ID: CLIENT.id,
      ROLLCALL_OIDC_CLIENT_SECRET: CLIENT.secret,
      ROLLCALL_OIDC_NAME: "Example SSO",
    };
  }

  /** Starts to answer, and sends users back to this Rollcall. */
  start(rollcallUrl: string): void {
    const configuration: Configuration = {
      clients: [
        {
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          redirect_uris: [`${rollcallUrl}/api/auth/callback/oidc`],
        },
      ],
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
      findAccount: (_, sub) => ({
        accountId: sub,
        claims: () => ({ sub, name: sub, ...PEOPLE[sub] }),
      }),
      pkce: { required: () => true },
      cookies: { keys: ["for-tests-only"] },
      jwks: { keys: [newSigningKey()] },
      ttl: { AccessToken: 600, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
    };
    const provider = new Provider(this.issuer, configuration);
    provider.proxy = this.isBehindProxy;
    this.#answer = provider.callback();
  }

  /** Stops answering. */
  stop(): void {
    this.#answer = null;
    this.server.closeAllConnections();
  }

  async remove(): Promise<void> {
    this.stop();
    await new Promise<void>((closed) => this.server.close(() => closed()));
  }
}

function newSigningKey() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" };
}

/** Signs in at the provider with one of its accounts, and gives consent. */
export async function proveToBe(page: Page, name: string): Promise<void> {
  await page.getByPlaceholder("Enter any login").fill(name);
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

import {
  EVERYTHING,
  change,
  enter,
  firstPassword,
  makeAccount,
  makeLink,
  makeToken,
  pairScreen,
  PASSWORD,
  showCode,
} from "./people";
import type { Rollcall } from "./rollcall";

export const CALLERS = [
  "anonymous",
  "viewer",
  "administrator",
  "outsider",
  "guest A",
  "guest B",
  "screen",
  "token of acme",
  "token of globex",
  "metrics token",
  "badge token",
] as const;
export type CurrentUser = (typeof CALLERS)[number];

/** Two endpoints of one organization, and one of another. Guest A's link opens A, guest B's opens B. */
export const A = "acme-qwen-3-32b";
export const B = "acme-another-one";
export const FOREIGN = "globex-elsewhere";

function bearer({ token }: { token: string }): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** Every kind of caller of one Rollcall. */
export class AccessStage {
  private invited = 0;
  private tokensMade = 0;
  private revokedId: string | null = null;

  private constructor(
    readonly rollcall: Rollcall,
    private readonly headers: Readonly<Record<CurrentUser, Record<string, string>>>,
    readonly tokens: Readonly<Partial<Record<CurrentUser, string>>>,
    /** A screen that the viewer approved. */
    readonly screenId: string,
  ) {}

  static async set(rollcall: Rollcall): Promise<AccessStage> {
    const administrator = await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
    await makeAccount(rollcall, "viewer", "viewer", "acme");
    await makeAccount(rollcall, "outsider", "viewer", "globex");
    const viewer = await enter(rollcall, "viewer");
    const [linkA, linkB] = [await makeLink(rollcall, A, viewer), await makeLink(rollcall, B, viewer)];
    const screen = await pairScreen(rollcall, viewer);
    const headers = {
      anonymous: {},
      viewer: { cookie: viewer },
      administrator: { cookie: administrator },
      outsider: { cookie: await enter(rollcall, "outsider") },
      "guest A": bearer(linkA),
      "guest B": bearer(linkB),
      screen: { cookie: screen.cookie },
      "token of acme": bearer(await makeToken(rollcall, administrator, { name: "a", orgs: ["acme"] })),
      "token of globex": bearer(await makeToken(rollcall, administrator, { name: "g", orgs: ["globex"] })),
      "metrics token": bearer(await makeToken(rollcall, administrator, { name: "m", scopes: ["metrics"] })),
      "badge token": bearer(
        await makeToken(rollcall, administrator, { name: "b", scopes: ["badge"], orgs: ["acme"] }),
      ),
    };
    return new AccessStage(rollcall, headers, { "guest A": linkA.token, "guest B": linkB.token }, screen.id);
  }

  /** The headers that identify a caller. */
  credentials(client: CurrentUser): Record<string, string> {
    return this.headers[client];
  }

  /** The same in a new session, for requests that end sessions. */
  async inNewSession(client: CurrentUser): Promise<Record<string, string>> {
    const accounts: Partial<Record<CurrentUser, string>> = {
      viewer: "viewer",
      administrator: "admin",
      outsider: "outsider",
    };
    const account = accounts[client];
    return account === undefined ? this.headers[client] : { cookie: await enter(this.rollcall, account) };
  }

  async newLinkId(): Promise<string> {
    return (await makeLink(this.rollcall, A, this.headers.viewer["cookie"])).id;
  }

  /** The id of a new session of the viewer. */
  async newSessionId(): Promise<string> {
    const cookie = await enter(this.rollcall, "viewer");
    const response = await fetch(`${this.rollcall.url}/api/v1/sessions`, { headers: { cookie } });
    const text = await response.text();
    return /"id":"([^"]+)"[^{}]*"isThis":true/.exec(text)?.[1] ?? "";
  }

  async newScreenId(): Promise<string> {
    return (await pairScreen(this.rollcall, this.headers.viewer["cookie"] ?? "")).id;
  }

  /** A screen of the viewer that was revoked just now: always the same, as one person may try only 20 codes. */
  async revokedScreenId(): Promise<string> {
    this.revokedId ??= await this.newScreenId();
    await change(this.rollcall, "DELETE", `/api/v1/screens/${this.revokedId}`, {
      headers: this.headers.viewer,
    });
    return this.revokedId;
  }

  /** The name of someone who was invited just now. */
  async newPerson(): Promise<string> {
    const name = `person-${(this.invited += 1)}`;
    const body = { name, role: "viewer", orgs: null };
    await change(this.rollcall, "POST", "/api/v1/people", { body, headers: this.headers.administrator });
    return name;
  }

  newTokenRequest(): object {
    return { name: `token-${(this.tokensMade += 1)}`, scopes: ["read"], orgs: null, lifetime: "month" };
  }

  async newTokenId(): Promise<string> {
    const administrator = this.headers.administrator["cookie"] ?? "";
    return (await makeToken(this.rollcall, administrator, this.newTokenRequest())).id;
  }

  async newScreenRequest(): Promise<object> {
    const { code } = await showCode(this.rollcall);
    return { code, name: "Hall", displaySettings: EVERYTHING };
  }

  async currentRollout(): Promise<string> {
    const response = await fetch(`${this.rollcall.url}/api/v1/endpoints/${A}`, {
      headers: this.headers.administrator,
    });
    return /"current":"([^"]+)"/.exec(await response.text())?.[1] ?? "";
  }

  ask(method: string, path: string, headers: Record<string, string>, body?: object): Promise<Response> {
    return method === "GET"
      ? fetch(this.rollcall.url + path, { headers, redirect: "manual" })
      : change(this.rollcall, method, path, { headers, ...(body === undefined ? {} : { body }) });
  }
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { portOf } from "./rollcall";

const CLIENT = { id: "github-client", secret: "github-secret-51c2e8" };

/** The part of a GitHub Enterprise Server that a sign-in needs, with one user who agrees to everything. */
export class CodeHost {
  /** The user's addresses, which a test may change. */
  emails = [
    { email: "old@evil.example", primary: false, verified: true },
    { email: "linus@example.com", primary: true, verified: true },
  ];
  #challenge = "";

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(): Promise<CodeHost> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const host = new CodeHost(server, portOf(server));
    server.on("request", (request: IncomingMessage, response: ServerResponse) =>
      host.#answer(request, response),
    );
    return host;
  }

  get settings() {
    return {
      ROLLCALL_GITHUB_URL: `http://localhost:${this.port}`,
      ROLLCALL_GITHUB_CLIENT_ID: CLIENT.id,
      ROLLCALL_GITHUB_CLIENT_SECRET: CLIENT.secret,
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((closed) => this.server.close(() => closed()));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? "/", `http://localhost:${this.port}`);
    const json = (body: unknown, status = 200) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (pathname === "/login/oauth/authorize") {
      this.#challenge = searchParams.get("code_challenge") ?? "";
      const back = new URL(searchParams.get("redirect_uri") ?? "");
      back.searchParams.set("code", "the-code");
      back.searchParams.set("state", searchParams.get("state") ?? "");
      response.writeHead(302, { location: back.href }).end();
      return;
    }
    if (pathname === "/login/oauth/access_token") {
      const isAsked = this.#challenge !== "" && request.method === "POST";
      json(
        isAsked ? { access_token: "t", token_type: "bearer", scope: "" } : { error: "bad" },
        isAsked ? 200 : 400,
      );
      return;
    }
    if (request.headers.authorization !== "Bearer t") json({ message: "Bad credentials" }, 401);
    else if (pathname === "/api/v3/user") json({ id: 7, login: "linus", name: null });
    else if (pathname === "/api/v3/user/emails") json(this.emails);
    else if (pathname === "/api/v3/user/orgs") json([{ login: "acme-platform" }]);
    else json({ message: "Not Found" }, 404);
  }
}

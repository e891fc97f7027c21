import { lookup } from "node:dns";

import { Server } from "proxy-chain";

export const PROXY_USER = { username: "rollcall", password: "password-of-the-proxy" };

/** Every name is this machine, as in a network whose names only the proxy can look up. */
const lookUpHere = new Proxy(lookup, {
  apply: (own, self, [, ...others]: unknown[]): unknown => Reflect.apply(own, self, ["127.0.0.1", ...others]),
});

/** A proxy on loopback that wants a password and opens tunnels to the names below `example.test`. */
export class OutboundProxy {
  /** `host:port` of each tunnel that was asked for with the right password. */
  readonly asked: string[] = [];
  #isRefusing = false;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<OutboundProxy> {
    const server = new Server({
      port: 0,
      host: "127.0.0.1",
      prepareRequestFunction: ({ username, password, hostname, port }) => {
        const isKnown = username === PROXY_USER.username && password === PROXY_USER.password;
        if (!isKnown || proxy.#isRefusing || !hostname.endsWith(".example.test"))
          return { requestAuthentication: true };
        proxy.asked.push(`${hostname}:${port}`);
        return { requestAuthentication: false, dnsLookup: lookUpHere };
      },
    });
    const proxy = new OutboundProxy(server);
    await server.listen();
    return proxy;
  }

  get host(): string {
    return `127.0.0.1:${this.server.port}`;
  }

  /** With the user name and the password. */
  get url(): string {
    return `http://${PROXY_USER.username}:${PROXY_USER.password}@${this.host}`;
  }

  /** Breaks every tunnel, and asks everyone for a password that does not exist. */
  refuse(): void {
    this.#isRefusing = true;
    this.server.closeConnections();
  }

  async remove(): Promise<void> {
    await this.server.close(true);
  }
}

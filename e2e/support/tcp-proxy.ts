import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

import { portOf } from "./rollcall";

/** A proxy in front of a database, which can make it refuse connections, stop answering, or be slow. */
export class TcpProxy {
  #delay = 0;
  #open: Promise<void> = Promise.resolve();
  #resume = (): void => undefined;
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly target: URL,
    private readonly server: Server,
    private readonly port: number,
  ) {}

  static async before(url: string): Promise<TcpProxy> {
    const server = createServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    const proxy = new TcpProxy(new URL(url), server, portOf(server));
    server.on("connection", (client) => proxy.#accept(client));
    return proxy;
  }

  /** The database's address through this proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = "127.0.0.1";
    url.port = String(this.port);
    return url.href;
  }

  /** Breaks every connection and accepts no new one. */
  async refuse(): Promise<void> {
    const closed = this.server.listening ? once(this.server, "close") : Promise.resolve();
    this.server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** Accepts connections but forwards nothing in either direction. */
  silence(): void {
    this.#open = new Promise((resume) => {
      this.#resume = resume;
    });
  }

  /** Delays each piece of an answer by this time (ms). */
  slow(delay: number): void {
    this.#delay = delay;
  }

  /** Forwards everything again, including what was held back. */
  async forward(): Promise<void> {
    this.#delay = 0;
    this.#open = Promise.resolve();
    this.#resume();
    if (!this.server.listening) await once(this.server.listen(this.port, "127.0.0.1"), "listening");
  }

  #accept(client: Socket): void {
    const database = connect(Number(this.target.port), this.target.hostname);
    for (const [from, to] of [[client, database] as const, [database, client] as const]) {
      this.#sockets.add(from);
      from.on("error", () => from.destroy());
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    }
    this.#pass(client, database, () => 0);
    this.#pass(database, client, () => this.#delay);
  }

  #pass(from: Socket, to: Socket, delay: () => number): void {
    let passed: Promise<unknown> = Promise.resolve();
    from.on("data", (piece) => {
      passed = passed
        .then(() => this.#open)
        .then(() => (delay() === 0 ? null : wait(delay())))
        .then(() => to.write(piece));
    });
  }
}

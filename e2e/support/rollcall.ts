import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Program, foreignEnvironment } from "./program";
import type { Simulator } from "./simulator";

const SERVER = resolve(".next/standalone/server.js");
const READY_WITHIN_MS = 20_000;

/** Settings by their names in the environment. Undefined removes one. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** The built application, run as a user would run it, on its own database. */
export class Rollcall {
  /** Its output before the last restart. */
  #outputBefore = "";

  private constructor(
    readonly url: string,
    readonly directory: string,
    private readonly settings: Settings,
    private program: Program,
  ) {}

  /** Starts it, or another build of it, without waiting, for starts that are expected to fail. */
  static async launch(
    settings: Settings,
    where: { port?: number; server?: string | undefined } = {},
  ): Promise<Rollcall> {
    const directory = await mkdtemp(join(tmpdir(), "rollcall-e2e-"));
    const { port = await freePort(), server = SERVER } = where;
    const url = `http://localhost:${port}`;
    const all = {
      PORT: String(port),
      HOSTNAME: "127.0.0.1",
      ROLLCALL_URL: url,
      ROLLCALL_ACCESS: "open",
      ROLLCALL_POLL_ACTIVE_SECONDS: "1",
      ROLLCALL_POLL_IDLE_SECONDS: "2",
      // Scenarios change idle endpoints by hand.
      ROLLCALL_POLL_UNCHANGED_SECONDS: "1",
      ROLLCALL_MAX_REQUESTS_PER_MINUTE: "6000",
      DATABASE_URL: `file:${join(directory, "rollcall.db")}`,
      ...settings,
    };
    return new Rollcall(url, directory, all, run(all, server));
  }

  /** Starts it beside a simulator, and waits until it is ready. */
  static async start(simulator: Simulator, settings: Settings = {}): Promise<Rollcall> {
    const rollcall = await Rollcall.launch({ ...besides(simulator), ...settings });
    await rollcall.untilReady();
    return rollcall;
  }

  /** The setting that names its database. */
  get databaseUrl(): string {
    return this.settings["DATABASE_URL"] ?? "";
  }

  get pid(): number | undefined {
    return this.program.pid;
  }

  /** Everything that it printed, across restarts. */
  get output(): string {
    return `${this.#outputBefore}${this.program.stdout}${this.program.stderr}`;
  }

  get stdout(): string {
    return this.program.stdout;
  }

  get stderr(): string {
    return this.program.stderr;
  }

  exit(): Promise<number | null> {
    return this.program.exit();
  }

  kill(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    return this.program.kill(signal);
  }

  /** Starts it, or another build of it, again on the same port and database, ending it first if it still runs. */
  async restart(settings: Settings = {}, server = SERVER): Promise<void> {
    if (this.program.isRunning) await this.program.kill();
    this.#outputBefore = this.output;
    this.program = run({ ...this.settings, ...settings }, server);
    await this.untilReady();
  }

  async untilReady(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline) {
      if (!this.program.isRunning) throw new Error(`Rollcall ended before it was ready:\n${this.output}`);
      const isReady = await fetch(`${this.url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isReady) return;
      await new Promise((wake) => setTimeout(wake, 50));
    }
    throw new Error(`Rollcall was not ready within ${READY_WITHIN_MS} ms:\n${this.output}`);
  }

  /** The bytes of the database and its journals, by file name. */
  async databaseFiles(): Promise<Map<string, Buffer>> {
    const names = await readdir(this.directory);
    const read = async (name: string): Promise<[string, Buffer]> => [
      name,
      await readFile(join(this.directory, name)).catch(() => Buffer.alloc(0)),
    ];
    return new Map(await Promise.all(names.map(read)));
  }

  async remove(): Promise<void> {
    if (this.program.isRunning) await this.program.kill("SIGKILL");
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** Settings that watch what a simulator serves. */
export function besides(simulator: Simulator): Settings {
  return {
    CEREBRAS_MANAGEMENT_API_KEY: simulator.key,
    CEREBRAS_API_URL: simulator.upstream,
    CEREBRAS_ORG: "acme",
  };
}

function run(settings: Settings, server = SERVER): Program {
  return new Program([server], { ...foreignEnvironment(), ...settings });
}

/** A port that no server uses now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const port = portOf(server);
  await new Promise((closed) => server.close(closed));
  return port;
}

/** The port that a server was given. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  return address.port;
}

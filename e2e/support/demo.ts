import { createServer } from "node:net";

import { Program, foreignEnvironment } from "./program";
import { portOf } from "./rollcall";

/** `npm run demo` as a user runs it, and the addresses that it prints. */
export class Demo {
  private constructor(
    private readonly program: Program,
    /** The addresses by their phrase, in the order in which they are printed. */
    readonly addresses: ReadonlyMap<string, string>,
  ) {}

  /** Starts it and waits for its addresses. The build has to be there. */
  static async start(): Promise<Demo> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const port = portOf(server);
    await new Promise((closed) => server.close(closed));
    const program = new Program(["scripts/demo.mjs"], { ...foreignEnvironment(), PORT: String(port) });
    while (program.isRunning && !program.stdout.includes("Ctrl-C ends it"))
      await new Promise((wake) => setTimeout(wake, 50));
    const lines = program.stdout.matchAll(/^ {2}(\S.*?) {2,}(http\S+)$/gm);
    const addresses = new Map([...lines].map(([, phrase = "", address = ""]) => [phrase, address]));
    if (addresses.size === 0)
      throw new Error(`The demo printed no addresses:\n${program.stdout}${program.stderr}`);
    return new Demo(program, addresses);
  }

  /** The address with this phrase. Throws if there is none. */
  address(phrase: string): string {
    const address = this.addresses.get(phrase);
    if (address === undefined) throw new Error(`The demo prints no address with “${phrase}”.`);
    return address;
  }

  /** Ends it as Ctrl-C does; resolves with its exit code. */
  async end(): Promise<number | null> {
    await this.program.kill("SIGINT");
    return this.program.exit();
  }
}

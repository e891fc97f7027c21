import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** A program that runs beside the test; everything it prints is kept. */
export class Program {
  readonly #child: ChildProcess;
  readonly #exit: Promise<number | null>;
  #stdout = "";
  #stderr = "";

  constructor(args: readonly string[], env: NodeJS.ProcessEnv) {
    // Standard input is a pipe, which closes whenever the test's process dies.
    this.#child = spawn(process.execPath, args, { env, stdio: ["pipe", "pipe", "pipe"] });
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => (this.#stdout += text));
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.#stderr += text));
    // "close" comes after the last of the output.
    this.#exit = once(this.#child, "close").then(() => this.#child.exitCode);
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The exit code, once it has ended; null after a signal. */
  exit(): Promise<number | null> {
    return this.#exit;
  }

  /** Writes a line to standard input and waits for the line that answers it. */
  async command(line: string): Promise<void> {
    const before = this.#stdout.length;
    this.#child.stdin?.write(`${line}\n`);
    while (!this.#stdout.slice(before).includes("\n")) {
      if (this.#child.stdout === null) throw new Error("The program has no standard output.");
      await Promise.race([
        once(this.#child.stdout, "data"),
        this.#exit.then(() => Promise.reject(new Error(`Ended before it did ${line}:\n${this.#stderr}`))),
      ]);
    }
  }

  async kill(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    this.#child.kill(signal);
    await this.#exit;
  }

  /** Waits for the first line of standard output. Rejects if the program ends first. */
  async firstLine(): Promise<string> {
    const end = this.#exit.then((code) => {
      throw new Error(`Ended with code ${String(code)} before it said anything:\n${this.#stderr}`);
    });
    while (!this.#stdout.includes("\n")) {
      if (this.#child.stdout === null) throw new Error("The program has no standard output.");
      await Promise.race([once(this.#child.stdout, "data"), end]);
    }
    end.catch(() => undefined);
    return this.#stdout.slice(0, this.#stdout.indexOf("\n"));
  }
}

const OURS = /^(CEREBRAS_|ROLLCALL_|DATABASE_URL$|PORT$|HOSTNAME$)/;

/** This process's environment without Rollcall's settings. */
export function foreignEnvironment(): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.test(name))),
    NODE_ENV: "production",
  };
}

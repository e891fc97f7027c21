import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { portOf } from "../../e2e/support/rollcall";

import { until } from "./pause";

/** A real PgBouncer with its default settings in front of a PostgreSQL. */
export class PgBouncer {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Throws when PgBouncer is not installed: `apt-get install pgbouncer`, or the like. */
  static async before(url: string, mode: "session" | "transaction"): Promise<PgBouncer> {
    const folder = await mkdtemp(join(tmpdir(), "rollcall-pgbouncer-"));
    const { hostname, port, username } = new URL(url);
    const own = await freePort();
    await writeFile(join(folder, "users.txt"), `"${username}" ""\n`);
    const lines = [
      "[databases]",
      `* = host=${hostname} port=${port}`,
      "[pgbouncer]",
      "listen_addr = 127.0.0.1",
      `listen_port = ${own}`,
      "unix_socket_dir =",
      "auth_type = trust",
      `auth_file = ${join(folder, "users.txt")}`,
      `pool_mode = ${mode}`,
    ];
    await writeFile(join(folder, "pgbouncer.ini"), `${lines.join("\n")}\n`);
    // PgBouncer refuses to run as root; its files hold no secrets.
    await chmod(folder, 0o755);
    const isRoot = process.getuid?.() === 0;
    const args = [...(isRoot ? ["-u", "nobody"] : []), join(folder, "pgbouncer.ini")];
    const child = spawn("pgbouncer", args, { stdio: "ignore" });
    const failed = once(child, "exit").then(() => Promise.reject(new Error("PgBouncer did not start.")));
    await Promise.race([until(() => takesConnections(own)), failed]);
    failed.catch(() => undefined);
    const address = new URL(url);
    address.port = String(own);
    return new PgBouncer(address.href, child, folder);
  }

  async remove(): Promise<void> {
    const gone = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await gone;
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function takesConnections(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const port = portOf(server);
  await new Promise((closed) => server.close(closed));
  return port;
}

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { until } from "./pause";

const shipped = new URL("../../deploy/image/nginx.conf", import.meta.url);

/** A real nginx with the configuration that deploy/image ships, in front of instances on these ports of loopback. */
export class Nginx {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Throws when nginx is not installed: `apt-get install nginx-light`, or the like. */
  static async before(ports: readonly number[], port: number): Promise<Nginx> {
    const folder = await mkdtemp(join(tmpdir(), "rollcall-nginx-"));
    await writeFile(join(folder, "nginx.conf"), await toConfiguration(folder, ports, port));
    const child = spawn("nginx", ["-p", folder, "-e", join(folder, "error.log"), "-c", "nginx.conf"], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    const failed = Promise.race([once(child, "exit"), once(child, "error")]).then(() =>
      Promise.reject(new Error("nginx did not start.")),
    );
    failed.catch(() => undefined);
    const url = `http://localhost:${port}`;
    const isListening = () => fetch(url).then(Boolean, () => false);
    await Promise.race([until(isListening), failed]);
    return new Nginx(url, child, folder);
  }

  async remove(): Promise<void> {
    const gone = once(this.child, "exit");
    this.child.kill("SIGTERM");
    await gone;
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The shipped site with these ports instead of the services of compose.yaml. */
async function toConfiguration(folder: string, ports: readonly number[], port: number): Promise<string> {
  const site = await readFile(shipped, "utf8");
  const [first = ""] = /server instance-a:3000.*;/.exec(site) ?? [];
  const servers = ports.map((each) => first.replace("instance-a:3000", `127.0.0.1:${each}`));
  const ours = site
    .replace(/ +server instance-[\s\S]*server instance-b:3000.*;/, servers.join("\n"))
    .replace("listen 80;", `listen 127.0.0.1:${port};`);
  if (first === "" || ours.includes("instance-") || ours.includes("listen 80"))
    throw new Error("deploy/image/nginx.conf has another form than this expects.");
  const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return [
    // Its workers would run as a user who cannot enter the folder.
    ...(process.getuid?.() === 0 ? ["user root;"] : []),
    "daemon off;",
    `pid ${join(folder, "nginx.pid")};`,
    "events { worker_connections 2048; }",
    "http {",
    ...folders.map((name) => `${name}_temp_path ${join(folder, name)};`),
    ours,
    "}",
  ].join("\n");
}

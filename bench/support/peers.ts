import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { freePort } from "../../e2e/support/rollcall";

import { until } from "./pause";
import type { Runner } from "./race";
import { processOf } from "./stage";

/** Another product from a Debian package: the read that compares best with an unchanged poll, and how to start it. */
type Peer = {
  path: string;
  answersWith: Runner["answersWith"];
  config: (port: number, directory: string) => string;
  command: (port: number, config: string, directory: string) => readonly [string, ...string[]];
};

const body = JSON.stringify({ replicas: Array.from({ length: 12 }, (_, nth) => ({ nth, isUpdated: true })) });

const peers: Readonly<Record<"nginx" | "prometheus", Peer>> = {
  /** A file with an ETag, answered with 304, by one process. */
  nginx: {
    path: "/status.json",
    answersWith: "3xx",
    config: (port, directory) => `
      daemon off; master_process off; pid ${directory}/pid; error_log stderr crit;
      events {}
      http {
        access_log off; keepalive_requests 1000000000; root ${directory};
        client_body_temp_path ${directory}/b; proxy_temp_path ${directory}/p; fastcgi_temp_path ${directory}/f;
        uwsgi_temp_path ${directory}/u; scgi_temp_path ${directory}/s;
        server { listen 127.0.0.1:${port}; }
      }`,
    command: (_, config, directory) => ["nginx", "-p", directory, "-c", config],
  },
  /** A query without data behind it; Prometheus has no 304. */
  prometheus: {
    path: "/api/v1/query?query=vector(1)",
    answersWith: "2xx",
    config: () => "scrape_configs: []",
    command: (port, config, directory) => [
      "prometheus",
      `--config.file=${config}`,
      `--storage.tsdb.path=${directory}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--log.level=error",
    ],
  },
};

export type RunningPeer = Runner & { stop: () => Promise<void> };

/** Starts a peer on a free port of loopback, and waits until it answers; null, with a line of advice, if it is not installed. */
export async function startPeer(name: keyof typeof peers): Promise<RunningPeer | null> {
  const { path, answersWith, config, command } = peers[name];
  const directory = await mkdtemp(join(tmpdir(), `rollcall-bench-${name}-`));
  const port = await freePort();
  const file = join(directory, "config");
  await writeFile(file, config(port, directory));
  await writeFile(join(directory, "status.json"), body);
  const [program, ...options] = command(port, file, directory);
  const child = spawn(program, options, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin` },
  });
  const stop = async () => {
    await end(child);
    await rm(directory, { recursive: true, force: true });
  };
  const isInstalled = await new Promise<boolean>((decide) => {
    child.once("spawn", () => decide(true));
    child.once("error", () => decide(false));
  });
  if (!isInstalled) {
    console.log(`${name} is not installed and was not measured: apt-get install ${name}`);
    await stop();
    return null;
  }
  const url = `http://127.0.0.1:${port}${path}`;
  await until(() =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  const etag = (await fetch(url)).headers.get("etag") ?? undefined;
  return { url, pid: processOf(child), answersWith, etag, stop };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const ended = new Promise((done) => child.once("exit", done));
  child.kill();
  await ended;
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort } from "./rollcall";

const PEM = resolve("e2e/support/localhost-test.pem");
const READY_WITHIN_MS = 20_000;

type Place = { directory: string; port: number };

/** How to start each program: its arguments, the name of its configuration, and what stands around the example. */
const PROGRAMS = {
  nginx: {
    language: "nginx",
    file: "nginx.conf",
    args: (file: string) => ["-c", file, "-p", "."],
    complete: (example: string, { directory, port }: Place) => `daemon off;
${process.getuid?.() === 0 ? "user root;" : ""}
worker_processes 1;
pid ${directory}/pid;
error_log stderr warn;
events {}
http {
  access_log off;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((part) => `${part}_temp_path ${directory}/${part};`).join("\n  ")}
  server {
    listen 127.0.0.1:${port} ssl http2;
    ssl_certificate ${PEM};
    ssl_certificate_key ${PEM};
    ${example}
    location / { return 404 "another tool"; }
  }
}
`,
  },
  caddy: {
    language: "caddyfile",
    file: "Caddyfile",
    args: (file: string) => ["run", "--adapter", "caddyfile", "--config", file],
    complete: (example: string, { port }: Place) => `{
  admin off
  auto_https off
}
${example.replace("tools.example.com {", `https://localhost:${port} {\n  tls ${PEM} ${PEM}`)}
`,
  },
} as const;

/** A real reverse proxy with TLS, configured as docs/deploy.md shows it for the path /rollcall. */
export async function startReverseProxy(name: keyof typeof PROGRAMS) {
  const { language, file, args, complete } = PROGRAMS[name];
  const directory = await mkdtemp(join(tmpdir(), `rollcall-${name}-`));
  const port = await freePort();
  const example = await readExample(language);
  let output = "";
  let end = () => Promise.resolve();
  return {
    url: `https://localhost:${port}/rollcall`,
    /** Starts it in front of the server at this port. */
    start: async (target: number) => {
      const text = complete(example.replaceAll("127.0.0.1:3000", `127.0.0.1:${target}`), { directory, port });
      await writeFile(join(directory, file), text);
      const child = spawn(name, args(join(directory, file)), {
        cwd: directory,
        env: { ...process.env, XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory, HOME: directory },
        stdio: ["ignore", "pipe", "pipe"],
      });
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding("utf8").on("data", (part: string) => (output += part));
      const ended = once(child, "close");
      end = async () => {
        child.kill();
        await ended;
      };
      const deadline = Date.now() + READY_WITHIN_MS;
      while (!(await isListening(port))) {
        if (child.exitCode !== null || Date.now() > deadline)
          throw new Error(`${name} does not listen:\n${output}`);
      }
    },
    stop: async () => {
      await end();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The example for the sub-path in the guide, which people copy. */
async function readExample(language: string): Promise<string> {
  const guide = await readFile("docs/deploy.md", "utf8");
  const example = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(guide)?.[1];
  if (example === undefined) throw new Error(`docs/deploy.md has no example for ${language}.`);
  return example;
}

function isListening(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  return new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(true));
    socket.once("error", () => setTimeout(() => resolve(false), 50));
  }).finally(() => socket.destroy());
}

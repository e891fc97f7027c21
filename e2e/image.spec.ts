import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { foreignEnvironment } from "./support/program";
import { besides, freePort } from "./support/rollcall";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";
const UNPRIVILEGED = 65_534;

/**
 * What a container engine does, without one: the tree is read-only, /tmp is empty, /data is the only volume, the user has
 * no rights, and the program is process 1.
 */
const CONTAINER = `set -e
mount -t tmpfs tmpfs /mnt
mkdir /mnt/app /mnt/data
mount --bind "$0" /mnt/app && mount -o remount,bind,ro /mnt/app
mount --bind "$1" /mnt/data
mount -t tmpfs -o mode=1777 tmpfs /tmp
cd /mnt
shift
exec setpriv --reuid=${UNPRIVILEGED} --regid=${UNPRIVILEGED} --clear-groups --no-new-privs "$@"`;

/** The arguments of `unshare` that run a program in the container. */
const contained = (app: string, data: string, ...program: readonly string[]) => [
  ...["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"],
  ...["sh", "-c", CONTAINER, app, data, ...program],
];

/** Namespaces need root, and a Node that other users may run; elsewhere the same tree runs as an ordinary process. */
const hasNamespaces =
  process.getuid?.() === 0 &&
  spawnSync("unshare", contained(tmpdir(), tmpdir(), process.execPath, "--version")).status === 0;

class Container {
  output = "";

  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
  ) {
    for (const stream of [process.stdout, process.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => (this.output += text));
  }

  static start(directory: string, port: number, settings: Readonly<Record<string, string | undefined>>) {
    const [app, data] = [join(directory, "app"), join(directory, "data")];
    const env = {
      ...foreignEnvironment(),
      ...settings,
      ...{ PORT: String(port), ROLLCALL_URL: `http://localhost:${port}` },
      ...{ ROLLCALL_ACCESS: "open", ROLLCALL_ALLOW_ANONYMOUS: "yes" },
      // An engine sets this to the container's name.
      HOSTNAME: hostname(),
      DATABASE_URL: `file:${hasNamespaces ? "/mnt/data" : data}/rollcall.db`,
    };
    const child = hasNamespaces
      ? spawn("unshare", contained(app, data, process.execPath, "/mnt/app/rollcall.mjs", "start"), { env })
      : spawn(process.execPath, [join(app, "rollcall.mjs"), "start"], { env });
    return new Container(`http://localhost:${port}`, child);
  }

  /** The rollouts of the endpoint, once the server has seen it. */
  async rollouts() {
    const schema = z.object({ rollouts: z.array(z.object({ deploymentId: z.string() })).min(1) });
    let found: string[] = [];
    await expect(async () => {
      expect(this.process.exitCode, this.output).toBeNull();
      const response = await fetch(`${this.url}/api/v1/endpoints/${ENDPOINT}/rollouts`);
      found = schema.parse(await response.json()).rollouts.map(({ deploymentId }) => deploymentId);
    }).toPass({ timeout: 40_000 });
    return found;
  }

  /** Asks the program itself to end, as an engine does. Resolves with how long it took, in ms. */
  async stop(): Promise<number> {
    const asked = performance.now();
    process.kill(await this.programId(), "SIGTERM");
    if (this.process.exitCode === null) await once(this.process, "exit");
    return performance.now() - asked;
  }

  async programId(): Promise<number> {
    const { pid = 0 } = this.process;
    if (!hasNamespaces) return pid;
    return Number((await readFile(`/proc/${pid}/task/${pid}/children`, "utf8")).trim());
  }

  end(): void {
    this.process.kill("SIGKILL");
  }
}

test("the assembled tree starts, saves, ends in time and starts again with its history", async ({
  simulator,
}, testInfo) => {
  test.setTimeout(180_000);
  const directory = await mkdtemp(join(tmpdir(), "rollcall-image-"));
  await mkdir(join(directory, "data"));
  if (hasNamespaces) await chown(join(directory, "data"), UNPRIVILEGED, UNPRIVILEGED);
  const said = execFileSync(process.execPath, ["scripts/image.mjs", join(directory, "app")], {
    encoding: "utf8",
  });
  testInfo.annotations.push({ type: "size", description: said.trim() });
  const port = await freePort();
  const first = Container.start(directory, port, besides(simulator));
  let second: Container | null = null;
  try {
    const seen = await first.rollouts();
    const health = [join(directory, "app/rollcall.mjs"), "healthcheck"];
    const probe = () =>
      spawnSync(process.execPath, health, { env: { ...foreignEnvironment(), PORT: String(port) } }).status;
    expect(probe()).toBe(0);
    const status = await readFile(`/proc/${await first.programId()}/status`, "utf8");
    if (hasNamespaces)
      expect(status).toMatch(new RegExp(`^Uid:\\s+${UNPRIVILEGED}\\s[^]*^NSpid:\\s+\\d+\\s+1$`, "m"));
    testInfo.annotations.push({ type: "memory", description: /^VmRSS:.*$/m.exec(status)?.[0] ?? "unknown" });
    expect(await first.stop()).toBeLessThan(5_000);
    expect(probe()).toBe(1);

    // Upstream is away: what it shows now is what it saved.
    second = Container.start(directory, port, {
      ...besides(simulator),
      CEREBRAS_API_URL: "http://127.0.0.1:9",
    });
    expect(await second.rollouts()).toEqual(seen);
    await second.stop();
  } finally {
    await testInfo.attach("output", { body: `${first.output}${second?.output ?? ""}` });
    first.end();
    second?.end();
    await rm(directory, { recursive: true, force: true });
  }
});

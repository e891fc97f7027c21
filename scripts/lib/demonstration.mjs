import { randomBytes } from "node:crypto";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { failWhenEnded, lastWords } from "./services.mjs";
import { run } from "./children.mjs";
import { startReceiver } from "./receiver.mjs";
import { fromRoot } from "./root.mjs";
import { fail } from "./say.mjs";
import { startSimulator } from "./simulator.mjs";

const OURS = /^(CEREBRAS_|ROLLCALL_|NEXTAUTH_|DATABASE_URL$|PORT$|HOSTNAME$)/;
const RECORD = ["--conditions=react-server", "--import", "tsx", fromRoot("lib/server/demo/main.ts")];

/**
 * Starts the simulator and a receiver of notifications, and records the 30 days before in a database in `directory`.
 * Resolves with the environment of a Rollcall that continues to watch on `port`. All of it stays on this machine.
 */
export async function prepareDemonstration({ directory, port }) {
  const words = lastWords();
  const simulator = startSimulator({ scenario: "demo", onLine: words.add });
  failWhenEnded("The simulator", simulator, words);
  const env = toSettings({
    simulator: await simulator.addresses,
    webhook: await startReceiver(),
    port,
    database: join(directory, "rollcall.db"),
  });
  const { code, output } = await run(process.execPath, [...RECORD, env.ROLLCALL_DEMO_CONTROL], { env });
  if (code !== 0) await fail(`The history of the demo could not be recorded:\n${output}`);
  return env;
}

/**
 * The environment of a second Rollcall on `port`, whose people sign in: it has a copy of the other's history, and
 * continues to watch the same simulator. Call it before the other one starts.
 */
export function withSignIn({ directory, port }, env) {
  const place = toPlace(port, join(directory, "rollcall-with-sign-in.db"));
  copyFileSync(toFile(env), toFile(place));
  return { ...env, ...place, ROLLCALL_ACCESS: "sign-in" };
}

function toPlace(port, database) {
  return { DATABASE_URL: `file:${database}`, ROLLCALL_URL: `http://localhost:${port}`, PORT: String(port) };
}

function toFile({ DATABASE_URL: url }) {
  return url.slice("file:".length);
}

/** Rollcall's environment beside a simulator, without the keys and accounts of this machine. */
function toSettings({ simulator, webhook, port, database }) {
  const others = Object.entries(process.env).filter(([name]) => !OURS.test(name));
  return {
    ...Object.fromEntries(others),
    CEREBRAS_MANAGEMENT_API_KEY: simulator.key,
    CEREBRAS_API_URL: simulator.upstream,
    CEREBRAS_ORG: "acme",
    CEREBRAS_INFERENCE_API_KEY: simulator.inferenceKey,
    CEREBRAS_ORGANIZATION_ID: simulator.organizationId,
    CEREBRAS_METRICS_URL: simulator.upstream,
    // Empty, so that a developer's .env does not set them.
    CEREBRAS_MANAGEMENT_API_KEY_FILE: "",
    CEREBRAS_INFERENCE_API_KEY_FILE: "",
    ROLLCALL_CONFIG: "",
    ROLLCALL_ENDPOINTS: "",
    ...toPlace(port, database),
    ROLLCALL_ACCESS: "open",
    ROLLCALL_POLL_ACTIVE_SECONDS: "2",
    ROLLCALL_POLL_IDLE_SECONDS: "3",
    ROLLCALL_POLL_UNCHANGED_SECONDS: "3",
    // The simulator has no request limit.
    ROLLCALL_MAX_REQUESTS_PER_MINUTE: "1200",
    ROLLCALL_WEBHOOK_URL: webhook,
    ROLLCALL_WEBHOOK_SECRET: `whsec_${randomBytes(32).toString("base64")}`,
    ROLLCALL_DEMO_CONTROL: simulator.control,
    HOSTNAME: "127.0.0.1",
    KEEP_ALIVE_TIMEOUT: "75000",
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/** What to look at: one address per line, each with a phrase. Creates a guest link for one of them. */
export async function invitation(port, signIn = null) {
  const address = `http://localhost:${port}`;
  const endpoint = (id) => `${address}/endpoints/${id}`;
  const lines = [
    ["Eight endpoints at a glance", address],
    ["A rollout that is moving", endpoint("acme-qwen-3-32b")],
    ["One that failed, and why", endpoint("acme-llama3.1-8b")],
    ["One that is stuck", endpoint("acme-llama-3.3-70b")],
    ["The wall screen", `${address}/wall`],
    ["Messages that it sends", `${address}/notifications`],
    ["What a guest sees", await createGuestLink(address, "acme-qwen-3-32b")],
    ...(signIn === null ? [] : [["The same, where people sign in", signIn]]),
  ];
  const width = Math.max(...lines.map(([phrase]) => phrase.length));
  return [
    "",
    "Rollcall is running, with a simulated API and 30 days of history:",
    "",
    ...lines.map(([phrase, url]) => `  ${phrase.padEnd(width)}  ${url}`),
    "",
    "The strip at the top of each page deploys a version, makes it fail, and cuts Cerebras off. Ctrl-C ends it.",
  ].join("\n");
}

async function createGuestLink(address, endpointId) {
  const response = await fetch(`${address}/api/v1/endpoints/${endpointId}/links`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: address },
    body: JSON.stringify({ name: "A guest of the demo", lifetime: "day" }),
  });
  const { url } = await response.json();
  return url ?? (await fail(`The guest link of the demo was refused (${response.status}).`));
}

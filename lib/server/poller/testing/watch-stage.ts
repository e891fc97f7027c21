import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Kysely } from "kysely";
import { onTestFinished } from "vitest";

import type { WatchSpan } from "@/lib/domain/observation";
import { openSqlite } from "@/lib/server/db/open-sqlite";
import type { Database } from "@/lib/server/db/schema";
import { openStore, type HistoryStore } from "@/lib/server/db/store";
import { createLog } from "@/lib/server/log";
import { createUpstreamClient } from "@/lib/server/upstream/client";
import { listen } from "@/lib/server/upstream/testing/upstream-server";

import { createEndpointStore } from "../../state/endpoint-store";
import { systemClock, type Clock } from "@/lib/server/clock";
import { createStateLoader } from "@/lib/server/poller/state-loader";
import { createHistoryWriter } from "../history-writer";
import type { WatchSettings } from "../watch-settings";
import { createWatcher } from "../watcher";

type Reply = { status?: number; headers?: Record<string, string>; body?: unknown; isDropped?: boolean };

/** A deployment with the field names of the reference. */
export function wire(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: "d8",
    rollout_status: "in_progress",
    updated_replicas: 5,
    total_replicas: 12,
    created: 1_700_000_000,
    ...fields,
  };
}

const endpointPath = "/management/v1/endpoints/";

type Stage = {
  known: Map<string, unknown[]>;
  asked: { path: string; key: string; tick: number }[];
  /** The most requests about one endpoint that were under way together. */
  mostAtOnce: number;
  /** The key that it accepts. */
  key: string;
  /** What other organizations list; the key of each is its name. */
  others: Map<string, string[]>;
  /** `updated` of endpoints, in seconds. */
  updated: Map<string, number>;
  /** What replies name as the organization; null leaves it out. */
  org: string | null;
  outage: (path: string) => Reply | null;
  /** Endpoints that are never answered. */
  hanging: Set<string>;
  /** Requests about them that are under way. */
  hangingNow: () => number;
  /** Milliseconds before it answers. */
  delay: number;
  countOf: (path: string) => number;
};

/**
 * A real HTTP server in place of Cerebras. `endpoints` holds the deployments of each known endpoint; `outage` may
 * answer instead.
 */
export async function startCerebras(endpoints: Record<string, unknown[]>) {
  const known = new Map(Object.entries(endpoints));
  const asked: Stage["asked"] = [];
  const underWay = new Map<string, number>();
  const stage: Stage = {
    known,
    asked,
    mostAtOnce: 0,
    key: "csk-management-key",
    others: new Map(),
    updated: new Map(),
    org: "acme",
    outage: () => null,
    hanging: new Set(),
    hangingNow: () =>
      [...stage.hanging].reduce((all, id) => all + (underWay.get(`${endpointPath}${id}`) ?? 0), 0),
    delay: 0,
    countOf: (path) => asked.filter((each) => each.path.endsWith(path)).length,
  };
  const reply = (path: string, key: string): Reply => {
    const outage = stage.outage(path);
    if (outage !== null) return outage;
    const other = [...stage.others.keys()].find((org) => key === `Bearer ${org}`);
    if (key !== `Bearer ${stage.key}` && other === undefined) return { status: 401 };
    const listing = /^\/management\/v1\/orgs\/([^/]+)\/endpoints$/.exec(path)?.[1];
    if (listing !== undefined && listing === other) {
      const ids = stage.others.get(listing) ?? [];
      return { body: { endpoints: ids.map((id) => ({ endpoint_id: id })) } };
    }
    if (path === "/management/v1/orgs/acme/endpoints") {
      const endpoints = [...known.keys()].map((id) => ({ endpoint_id: id, updated: stage.updated.get(id) }));
      return { body: { endpoints } };
    }
    const name = path.replace(endpointPath, "");
    const deployments = known.get(name);
    if (deployments === undefined) return { status: 404 };
    const updated = stage.updated.get(name);
    const times = updated === undefined ? {} : { created: 1_600_000_000, updated };
    return { body: { name, ...times, managing_org_name: stage.org, deployed_models: deployments } };
  };
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const key = request.headers.authorization ?? "";
    asked.push({ path, key, tick: performance.now() });
    underWay.set(path, (underWay.get(path) ?? 0) + 1);
    stage.mostAtOnce = Math.max(stage.mostAtOnce, underWay.get(path) ?? 0);
    response.on("close", () => underWay.set(path, (underWay.get(path) ?? 1) - 1));
    if (stage.hanging.has(path.replace(endpointPath, ""))) return;
    const { status = 200, headers = {}, body = { detail: "no" }, isDropped = false } = reply(path, key);
    const send = () => {
      if (isDropped) response.destroy();
      else {
        const text = typeof body === "string" ? body : JSON.stringify(body);
        response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
      }
    };
    if (stage.delay === 0) send();
    else setTimeout(send, stage.delay);
  });
  const url = await listen(server);
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return Object.assign(stage, { url });
}

/** A path for a database, which is removed when the test has finished. */
export function newHistoryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-watch-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "rollcall.db");
}

/**
 * The newest spans of an endpoint, newest first, as if the machine had never been too busy: the intervals of tests are
 * so short that a moment's delay is a gap.
 */
export async function readSpans(history: HistoryStore, endpointId = "acme-one"): Promise<WatchSpan[]> {
  const spans = (await history.readRecentSpans(endpointId, 99)).toReversed();
  const joined: WatchSpan[] = [];
  for (const span of spans) {
    const former = joined.at(-1);
    if (former?.brokenBy?.message.endsWith("too busy to ask."))
      joined.splice(-1, 1, { ...span, from: former.from });
    else joined.push(span);
  }
  return joined.toReversed();
}

/** The whole watcher, as wiring.ts makes it, with short intervals and an optional clock. */
export async function startWatching(
  upstream: URL,
  options: Partial<WatchSettings> & {
    file?: string;
    db?: Kysely<Database>;
    clock?: Clock;
    key?: () => string;
    /** Milliseconds until a request times out. On a busy machine, an answer may be late. */
    patience?: number;
  } = {},
) {
  const {
    file = newHistoryFile(),
    clock = systemClock,
    key = () => "csk-management-key",
    patience = 20_000,
    ...given
  } = options;
  const settings = {
    org: "acme",
    endpointIds: [],
    pollActive: 30,
    pollIdle: 60,
    // Off, unless a test asks for it.
    pollCovered: 0,
    readVersions: 0,
    pollListing: 20,
    maxRequestsPerMinute: 100_000,
    ...given,
  };
  const history = await openStore(options.db ?? openSqlite(file));
  const lines: string[] = [];
  const log = createLog(
    () => [],
    (line) => lines.push(line),
  );
  const endpointStore = createEndpointStore(settings.org !== null);
  const historyWriter = createHistoryWriter(history.write, () => undefined);
  const client = createUpstreamClient({
    baseUrl: upstream,
    readKey: () => Promise.resolve(key()),
    userAgent: "Rollcall/test",
    budgets: { connect: patience, whole: patience, bytes: 1024 * 1024 },
  });
  const loader = createStateLoader({ history, interval: settings.pollIdle, clock });
  const watcher = createWatcher({ settings, client, loader, historyWriter, endpointStore, clock, log });
  const stop = async (): Promise<void> => {
    await watcher.stop();
    await client.close();
    await history.close();
  };
  let isStopped = false;
  const stopOnce = async (): Promise<void> => {
    if (isStopped) return;
    isStopped = true;
    await stop();
  };
  onTestFinished(stopOnce);
  await loader.readOwners();
  await watcher.start();
  return { endpointStore, history, historyWriter, watcher, client, file, lines, stop: stopOnce };
}

import SqliteDriver from "better-sqlite3";
import { Kysely, SqliteDialect, type CompiledQuery, type KyselyPlugin } from "kysely";
import pg from "pg";
import { expect, it, onTestFinished } from "vitest";
import * as z from "zod";

import { eventSources } from "./event-place";
import { openPostgres } from "./open-postgres";
import type { Database } from "./schema";
import { openStore, type HistoryStore } from "./store";
import { firstObservation, recording } from "./testing/entries";
import { newPostgresDatabase } from "./testing/engines";

const now = 1_000_000;
const times = { createdAt: now, lastSeenAt: now, expiresAt: now + 1_000 };
const identity = { kind: "password", role: "viewer", orgs: null } as const;
const person = { subject: "account:ada", account: "ada" };
const session = { id: "s1", ...person, identity, browser: null, ...times };
const link = {
  ...{ id: "l1", endpointId: "acme", name: "incident", lastUsedAt: null },
  ...{ madeBy: person.subject, makerIdentity: identity, createdAt: now, expiresAt: now + 1_000 },
};
const displaySettings = { endpointIds: null, theme: "auto" as const, rotateSeconds: null, night: true };
const screen = {
  ...{ id: "w1", name: "hall", displaySettings, orgs: null, ...times, lastSeenAt: null },
  ...{ approvedBy: person.subject, approver: "ada", approverIdentity: identity },
  ...{ identifiedAt: null, reloadedAt: null },
};
const serviceToken = {
  ...{ id: "t1", name: "ci", scopes: ["read" as const], orgs: null, madeBy: "ada" },
  ...{ createdAt: now, expiresAt: now + 1_000, lastUsedAt: null },
};
const cause = { code: "paused", message: "Asleep." } as const;
const reply = { body: "{}", isShortened: false, unreadFields: [] };
const fleet = { after: { at: 5 }, until: 9_000, orgs: null, endpointId: null, limit: 5 };
const attempts = { key: "ada", most: 3, within: 1_000 };

/** Every query that a running server makes, by name. */
const questions: Record<string, (store: HistoryStore) => Promise<unknown>> = {
  write: (store) =>
    store.write([
      firstObservation(1_000),
      recording(2_000, { span: { from: 1_000 }, reply }),
      { kind: "gapStart", endpointId: "acme", spanFrom: 1_000, cause },
      { kind: "delisting", endpointId: "acme", removedSince: 3_000 },
    ]),
  readRollouts: (store) => store.readRollouts("acme", { limit: 5 }),
  "readRollouts, listed": (store) => store.readRollouts("acme", { limit: 5, listedOnly: true }),
  "readRollouts, next page": (store) =>
    store.readRollouts("acme", { limit: 5, after: { sortAt: 5, deploymentId: "d" } }),
  readLowestGuaranteed: (store) => store.readLowestGuaranteed("acme", ["d1", "d2"]),
  readRolloutFacts: (store) => store.readRolloutFacts("acme", "d1"),
  readObservations: (store) => store.readObservations("acme", "d1"),
  readLatestObservation: (store) => store.readLatestObservation("acme", "d1"),
  readTimeline: (store) => store.readTimeline("acme", "d1"),
  readRecentObservations: (store) => store.readRecentObservations("acme", 5),
  readSpans: (store) => store.readSpans("acme", { from: 0, until: 9 }),
  readRecentSpans: (store) => store.readRecentSpans("acme", 5),
  readFactsOf: (store) => store.readFactsOf("acme", ["d1", "d2"]),
  readFleetChanges: (store) => store.readFleetChanges(fleet, eventSources),
  "readFleetChanges, next page": (store) =>
    store.readFleetChanges({ ...fleet, after: { at: 5, source: "observation", id: "7" } }, eventSources),
  "readFleetChanges, filtered": (store) =>
    store.readFleetChanges({ ...fleet, orgs: ["acme-org"], endpointId: "acme" }, eventSources),
  "deliveries.count": (store) => store.deliveries.count(["slack", "mail"]),
  readUnreadFields: (store) => store.readUnreadFields(["acme"]),
  readReply: (store) => store.readReply("acme"),
  "lease.read": (store) => store.lease.read(),
  "earlyPolls.ask": (store) => store.earlyPolls.ask("acme"),
  "earlyPolls.take": (store) => store.earlyPolls.take(),
  "snapshots.readAfter": (store) => store.snapshots.readAfter(3),
  pruneBatch: (store) => store.pruneBatch("acme", 500),
  pruneAccess: (store) => store.pruneAccess(now, { audit: 1, links: 1, screens: 1 }),
  "serviceTokens.add": (store) => store.serviceTokens.add(serviceToken, "hash"),
  "serviceTokens.find": (store) => store.serviceTokens.find("hash", now),
  "serviceTokens.list": (store) => store.serviceTokens.list(),
  "serviceTokens.noteUse": (store) => store.serviceTokens.noteUse("t1", now),
  "serviceTokens.revoke": (store) => store.serviceTokens.revoke({ id: "t1" }),
  "serviceTokens.revoke, by name": (store) => store.serviceTokens.revoke({ name: "ci" }),
  "accounts.find": (store) => store.accounts.find("ada"),
  "accounts.changeAccess": (store) => store.accounts.changeAccess("ada", { role: "viewer", orgs: null }, now),
  "accounts.lockAdministrators": (store) => store.accounts.lockAdministrators(),
  "accounts.list": (store) => store.accounts.list(),
  "sessions.add": (store) => store.sessions.add(session, "hash"),
  "sessions.find": (store) => store.sessions.find("hash", now),
  "sessions.read": (store) => store.sessions.read("s1", now),
  "sessions.noteSeen": (store) => store.sessions.noteSeen("s1", now, now + 1),
  "sessions.list": (store) => store.sessions.list(null, now),
  "sessions.list, own": (store) => store.sessions.list(person.subject, now),
  "sessions.latestOfEach": (store) => store.sessions.latestOfEach(now),
  "sessions.noteIdentity": (store) =>
    store.sessions.noteIdentity(person.subject, { kind: "password", role: "viewer", orgs: null }),
  "sessions.end": (store) => store.sessions.end("s1"),
  "sessions.endAllOf": (store) => store.sessions.endAllOf(person.subject),
  "attempts.take": (store) => store.attempts.take(attempts, now),
  "attempts.nextAt": (store) => store.attempts.nextAt(attempts, now),
  "screens.beginPairing": (store) =>
    store.screens.beginPairing({ deviceHash: "d", codeHash: "c", expiresAt: now + 1 }, now),
  "screens.approve": (store) => store.screens.approve("c", screen, now),
  "screens.claim": (store) => store.screens.claim("d", "pass", now),
  "screens.find": (store) => store.screens.find("pass", now),
  "screens.read": (store) => store.screens.read("w1"),
  "screens.noteSeen": (store) => store.screens.noteSeen("w1", now, now + 1),
  "screens.list": (store) => store.screens.list(null, now),
  "screens.revoke": (store) => store.screens.revoke("w1", now),
  "screens.readRevoked": (store) => store.screens.readRevoked("w1", now),
  "screens.restore": (store) => store.screens.restore("w1", now),
  "screens.command": (store) => store.screens.command("w1", "identify", now),
  "screens.revokeAllOf": (store) => store.screens.revokeAllOf(person.subject),
  "guestLinks.add": (store) => store.guestLinks.add(link, "token"),
  "guestLinks.find": (store) => store.guestLinks.find("token", now),
  "guestLinks.read": (store) => store.guestLinks.read("l1", now),
  "guestLinks.noteUse": (store) => store.guestLinks.noteUse("l1", now),
  "guestLinks.list": (store) => store.guestLinks.list("acme", now),
  "guestLinks.revoke": (store) => store.guestLinks.revoke("l1", now),
  "guestLinks.revokeAllOf": (store) => store.guestLinks.revokeAllOf(person.subject, now),
  "audit.add": (store) => store.audit.add({ at: now, actor: "ada", action: "signed in", about: "ada" }),
  "audit.list": (store) => store.audit.list({ limit: 5, before: null }),
  "audit.list, next page": (store) => store.audit.list({ limit: 5, before: 3 }),
  "endpointMutes.list": (store) => store.endpointMutes.list(now),
  "endpointMutes.read": (store) => store.endpointMutes.read("acme", now),
  "endpointMutes.put": (store) => store.endpointMutes.put({ endpointId: "acme", until: now, by: "ada" }),
  "endpointMutes.remove": (store) => store.endpointMutes.remove("acme", now),
  "acknowledgements.put": (store) =>
    store.acknowledgements.put({ endpointId: "acme", deploymentId: "d1", by: "ada", at: now }),
  "acknowledgements.list": (store) => store.acknowledgements.list(),
  "acknowledgements.remove": (store) => store.acknowledgements.remove("acme", "d1"),
};

/**
 * These read a whole table, or sort what they found. Each is rare (once a day, at a sign-in, or when a person asks),
 * and its table is kept small by pruning or by a limit.
 */
const mayScan = new Set([
  // Nearly always empty.
  "earlyPolls.take",
  "pruneAccess",
  "accounts.list",
  "accounts.lockAdministrators",
  "sessions.add",
  "sessions.latestOfEach",
  "sessions.list",
  "sessions.list, own",
  "screens.beginPairing",
  "screens.list",
  "screens.revokeAllOf",
  "guestLinks.list",
  "guestLinks.revokeAllOf",
  "acknowledgements.list",
  "endpointMutes.list",
  "serviceTokens.list",
]);

type Query = Pick<CompiledQuery, "sql" | "parameters"> & { name: string };

/** Runs every query and returns the resulting SQL. */
async function askEverything(db: Kysely<Database>): Promise<Query[]> {
  const queries: Query[] = [];
  let asking: string | null = null;
  const recorder: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      if (asking !== null) queries.push({ ...db.getExecutor().compileQuery(node, queryId), name: asking });
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  const store = await openStore(db.withPlugin(recorder));
  onTestFinished(() => store.close());
  for (const [name, ask] of Object.entries(questions)) {
    asking = name;
    await ask(store);
  }
  const asked = queries.filter(({ sql }) => /^(select|update|insert|delete)/.test(sql));
  expect(new Set(asked.map(({ name }) => name))).toEqual(new Set(Object.keys(questions)));
  return asked;
}

/** The names of the queries whose plan matches a pattern. */
async function findIn(queries: readonly Query[], plan: (query: Query) => Promise<string>, pattern: RegExp) {
  const found = new Set<string>();
  for (const query of queries) if (pattern.test(await plan(query))) found.add(query.name);
  return [...found].filter((name) => !mayScan.has(name));
}

it("every query finds its rows by an index of SQLite, except the rare ones", async () => {
  const driver = new SqliteDriver(":memory:");
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: driver }) });
  const plan = ({ sql, parameters }: Query) => {
    const rows = driver.prepare(`explain query plan ${sql}`).all(...parameters);
    return Promise.resolve(rows.map((row) => JSON.stringify(row)).join("\n"));
  };
  const asked = await askEverything(db);
  // "audit.list" walks the primary key backwards and stops at its limit: that is a scan of the few rows it returns.
  const scanning = await findIn(asked, plan, /SCAN|TEMP B-TREE/);
  expect(scanning.filter((name) => !name.startsWith("audit.list"))).toEqual([]);
});

const planRow = z.object({ "QUERY PLAN": z.string() });

it("every query can find its rows by an index of PostgreSQL, except the rare ones", async () => {
  const { url } = await newPostgresDatabase();
  const asked = await askEverything(openPostgres(url));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  // PostgreSQL scans small tables although an index exists; only large ones matter here.
  await client.query("set enable_seqscan = off");
  const plan = async ({ sql, parameters }: Query) => {
    const { rows } = await client.query(`explain ${sql}`, [...parameters]);
    return rows.map((row) => planRow.parse(row)["QUERY PLAN"]).join("\n");
  };
  expect(await findIn(asked, plan, /Seq Scan/)).toEqual([]);
});

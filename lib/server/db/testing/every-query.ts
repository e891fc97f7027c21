import type { CompiledQuery, Kysely, KyselyPlugin } from "kysely";
import { expect, onTestFinished } from "vitest";

import { eventSources } from "../event-place";
import type { Database } from "../schema";
import { openStore, type HistoryStore } from "../store";

import { firstObservation, recording } from "./entries";
import { notification } from "./notifications";

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
const account = {
  name: "ada",
  passwordHash: "hash",
  role: "viewer" as const,
  orgs: null,
  isOneTime: false,
  oneTimeUntil: null,
};
const delivery = { notificationId: "d1-started", channel: "slack" };
const trafficSource = { org: "acme", answeredAt: now, minuteAt: now, endpoints: 1, cause: null };
const trafficMinute = {
  ...{ endpointId: "acme", at: now, requests: 7, failures: 0 },
  ...{ firstTokenP50: 0.2, firstTokenP95: 0.5, queueP50: null, queueP95: null },
};
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
  "write, notification": (store) => store.write([notification("started", {}, ["slack"])]),
  readEndpoints: (store) => store.readEndpoints(),
  readEndpointFacts: (store) => store.readEndpointFacts("acme"),
  readEndpointOwners: (store) => store.readEndpointOwners(),
  readPasts: (store) => store.readPasts(["acme"], { newestRollouts: 5, newestObservations: 5 }),
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
  "deliveries.claim": (store) =>
    store.deliveries.claim({ channel: "slack", now, most: 5, fencingToken: null }),
  "deliveries.settle": (store) => store.deliveries.settle(delivery, { state: "failed", error: "Refused." }),
  "deliveries.sendAgain": (store) => store.deliveries.sendAgain(delivery),
  "deliveries.nextDue": (store) => store.deliveries.nextDue("slack"),
  "deliveries.threadReceipt": (store) => store.deliveries.threadReceipt("slack", "t"),
  "deliveries.openOutages": (store) => store.deliveries.openOutages(),
  "deliveries.list": (store) => store.deliveries.list({ limit: 5 }),
  "deliveries.list, filtered": (store) =>
    store.deliveries.list({ limit: 5, state: "failed", channel: "slack", before: { ...delivery, at: now } }),
  "deliveries.count": (store) => store.deliveries.count(["slack", "mail"]),
  "deliveries.prune": (store) => store.deliveries.prune(1),
  "traffic.record": (store) =>
    store.traffic.record({ source: trafficSource, minutes: [trafficMinute] }, null),
  "traffic.readMinutes": (store) => store.traffic.readMinutes("acme", { from: 0, until: now, most: 5 }),
  "traffic.readSources": (store) => store.traffic.readSources(),
  "traffic.readEndpointIds": (store) => store.traffic.readEndpointIds(),
  "traffic.pruneBatch": (store) => store.traffic.pruneBatch("acme", 1),
  readUnreadFields: (store) => store.readUnreadFields(["acme"]),
  readReply: (store) => store.readReply("acme"),
  "lease.read": (store) => store.lease.read(),
  "lease.take": (store) => store.lease.take({ fencingToken: 0, holder: null, renewals: 0 }, "one"),
  "lease.renew": (store) => store.lease.renew(1),
  "snapshots.publish": (store) => store.snapshots.publish([{ name: "acme", body: "{}" }], 1, { isAll: true }),
  "lease.release": (store) => store.lease.release(1),
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
  "accounts.isEmpty": (store) => store.accounts.isEmpty(),
  "accounts.add": (store) => store.accounts.add(account, now),
  "accounts.put": (store) => store.accounts.put(account, now),
  "accounts.changePassword": (store) => store.accounts.changePassword("ada", "hash", "next hash", now),
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
  "attempts.giveBack": (store) => store.attempts.giveBack({ key: "ada", slot: 0, at: now }),
  "attempts.pruneBefore": (store) => store.attempts.pruneBefore(1),
  "attempts.invalidateAll": (store) => store.attempts.invalidateAll(),
  "screens.beginPairing": (store) =>
    store.screens.beginPairing({ deviceHash: "d", codeHash: "c", expiresAt: now + 1 }, now),
  "screens.approve": (store) => store.screens.approve("c", screen, now),
  "screens.claim": (store) => store.screens.claim("d", "pass", now),
  "screens.find": (store) => store.screens.find("pass", now),
  "screens.read": (store) => store.screens.read("w1"),
  "screens.change": (store) => store.screens.change("w1", { name: "lobby", displaySettings }),
  "screens.noteApprover": (store) => store.screens.noteApprover(person.subject, identity),
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
  "guestLinks.noteMaker": (store) => store.guestLinks.noteMaker(person.subject, identity),
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
  "accounts.remove": (store) => store.accounts.remove("ada"),
};

/** These contain no query, or none that tables could answer. */
const withoutQuestion = new Set(["fileOutage", "ping", "tryWriting", "close", "audited.change"]);

/** Every function of a store by its name, except those without a question. */
function functionsOf(store: HistoryStore): string[] {
  const names = Object.entries(store).flatMap(([name, part]) =>
    typeof part === "function" ? [name] : Object.keys(part).map((inner) => `${name}.${inner}`),
  );
  return names.filter((name) => !withoutQuestion.has(name));
}

export type Query = Pick<CompiledQuery, "sql" | "parameters"> & { name: string };

/** Runs every query and returns the resulting SQL. Closes the database after the test. */
export async function askEverything(db: Kysely<Database>): Promise<Query[]> {
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
  const known = new Set(Object.keys(questions).map((name) => name.replace(/,.*/, "")));
  expect(known).toEqual(new Set(functionsOf(store)));
  onTestFinished(() => store.close());
  for (const [name, ask] of Object.entries(questions)) {
    asking = name;
    await ask(store);
  }
  const asked = queries.filter(({ sql }) => /^(select|with|update|insert|delete)/.test(sql));
  expect(new Set(asked.map(({ name }) => name))).toEqual(new Set(Object.keys(questions)));
  return asked;
}

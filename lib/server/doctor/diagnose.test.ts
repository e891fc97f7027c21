import { describe, expect, it } from "vitest";

import type { Cause, CauseCode } from "@/lib/domain/cause";
import type { CheckState } from "@/lib/domain/check";
import { hour, minute } from "@/lib/domain/instant";
import type { VersionCatalog } from "@/lib/domain/model-version";

import { diagnose } from "./diagnose";
import type { Asked, DoctorFacts, LastReply, UpstreamFacts } from "./facts";

const now = Date.UTC(2026, 10, 23, 14, 2);
const complete = {
  status: "done",
  reportedStatus: "done",
  updatedReplicas: 12,
  totalReplicas: 12,
  maxUnavailable: 2,
} as const;
const lastReply: Asked<LastReply> = { answer: { newest: complete, unreadFields: [] }, cause: null };
const upstream: UpstreamFacts = {
  host: "api.cerebras.ai",
  org: { name: "acme", listing: { answer: 1, cause: null } },
  endpoints: [{ id: "acme-a", reply: lastReply }],
  clockSkew: 400,
};
const facts: DoctorFacts = {
  now,
  mistakes: [],
  isRunning: false,
  upstream: [upstream],
  database: { engine: "sqlite", place: "rollcall.db", problem: null },
  statusPage: null,
  watcher: { kind: "here", nextPollAt: now + 5_000, stretchedTo: null },
};

function refused(code: CauseCode): { answer: null; cause: Cause } {
  return { answer: null, cause: { code, message: `because ${code}` } };
}

function allRefused(code: CauseCode): UpstreamFacts {
  return {
    ...upstream,
    org: { name: "acme", listing: refused(code) },
    endpoints: [{ id: "acme-a", reply: refused(code) }],
  };
}

function replying(answer: LastReply): UpstreamFacts {
  return { ...upstream, endpoints: [{ id: "acme-a", reply: { answer, cause: null } }] };
}

function diagnoseWith({ upstream: changed, ...changes }: Changes) {
  const reported = changed === undefined ? facts.upstream : changed === null ? null : [changed];
  return diagnose({ ...facts, ...changes, upstream: reported });
}

const catalog: VersionCatalog = {
  ...{ org: "acme", modelArch: "qwen-3-32b", readAt: now, versions: [], gone: [], failure: null },
};

/** A change of the facts, and the checks that are then not ok. */
type Changes = Omit<Partial<DoctorFacts>, "upstream"> & { upstream?: UpstreamFacts | null };
const cases: [string, Changes, Record<string, CheckState>][] = [
  ["nothing is wrong", {}, {}],
  [
    "a setting is wrong",
    { mistakes: [{ setting: "PORT", problem: "must be a whole number." }], upstream: null, database: null },
    { Configuration: "failing" },
  ],
  ["model versions are read", { upstream: { ...upstream, catalogs: [catalog] } }, {}],
  [
    "the API offers no model versions",
    { upstream: { ...upstream, catalogs: [{ ...catalog, failure: refused("not_found").cause }] } },
    { "Model versions": "unknown" },
  ],
  [
    "nothing was answered yet",
    {
      upstream: {
        ...upstream,
        org: { name: "acme", listing: { answer: null, cause: null } },
        endpoints: [],
        clockSkew: null,
      },
      watcher: { kind: "here", nextPollAt: null, stretchedTo: null },
    },
    {
      Cerebras: "unknown",
      "Management key": "unknown",
      Organization: "unknown",
      Endpoints: "unknown",
      "Replica fields": "unknown",
      Clock: "unknown",
      "Next poll": "unknown",
    },
  ],
  [
    "Cerebras cannot be reached",
    { upstream: { ...allRefused("unreachable"), clockSkew: null } },
    {
      Cerebras: "failing",
      "Management key": "unknown",
      Organization: "unknown",
      Endpoints: "failing",
      "Replica fields": "unknown",
      Clock: "unknown",
    },
  ],
  [
    "the key is rejected",
    { upstream: allRefused("key_rejected") },
    {
      "Management key": "failing",
      Organization: "unknown",
      Endpoints: "failing",
      "Replica fields": "unknown",
    },
  ],
  [
    "the organization is not found",
    { upstream: { ...upstream, org: { name: "acne", listing: refused("not_found") } } },
    { Organization: "failing" },
  ],
  ["only endpoints are named", { upstream: { ...upstream, org: null } }, {}],
  [
    "the organization has no endpoint",
    {
      upstream: {
        ...upstream,
        org: { name: "acme", listing: { answer: 0, cause: null } },
        endpoints: [],
      },
    },
    { Endpoints: "warning", "Replica fields": "unknown" },
  ],
  [
    "no count is reported",
    {
      upstream: replying({
        newest: { ...complete, updatedReplicas: null, totalReplicas: null, maxUnavailable: null },
        unreadFields: ["deployed_models[].replicas_ready"],
      }),
    },
    { "Replica fields": "failing" },
  ],
  [
    "one endpoint of two reports no limit",
    {
      upstream: {
        ...upstream,
        endpoints: [
          { id: "acme-a", reply: lastReply },
          {
            id: "acme-b",
            reply: {
              answer: { newest: { ...complete, maxUnavailable: null }, unreadFields: [] },
              cause: null,
            },
          },
        ],
      },
    },
    { "Replica fields": "warning" },
  ],
  ["our clock is ahead", { upstream: { ...upstream, clockSkew: hour } }, { Clock: "failing" }],
  ["our clock is behind", { upstream: { ...upstream, clockSkew: -hour } }, { Clock: "failing" }],
  [
    "the database is read-only",
    {
      database: {
        engine: "sqlite",
        place: "rollcall.db",
        problem: { reason: "readonly", since: now - minute },
      },
    },
    { Database: "failing" },
  ],
  [
    "another instance watches",
    { watcher: { kind: "elsewhere", nextPollAt: now + 1, stretchedTo: null } },
    {},
  ],
  [
    "nothing has been started",
    { watcher: { kind: "nowhere" } },
    { Polling: "unknown", "Next poll": "unknown" },
  ],
  [
    "the watcher stands still",
    { watcher: { kind: "here", nextPollAt: now - 2 * minute, stretchedTo: null } },
    { "Next poll": "failing" },
  ],
];

describe("diagnose", () => {
  it.each(cases)("when %s", (_, change, expected) => {
    const checks = diagnoseWith(change);
    const unwell = checks.filter(({ state }) => state !== "ok");
    expect(Object.fromEntries(unwell.map(({ name, state }) => [name, state]))).toEqual(expected);
    expect(unwell.filter(({ remedy }) => remedy === null)).toEqual([]);
    expect(checks.filter(({ state, remedy }) => state === "ok" && remedy !== null)).toEqual([]);
  });

  it("names missing fields, and fields that Rollcall does not read", () => {
    const upstreamFacts = replying({
      newest: { ...complete, updatedReplicas: null },
      unreadFields: ["deployed_models[].ready"],
    });
    const check = diagnose({ ...facts, upstream: [upstreamFacts] }).find(
      ({ name }) => name === "Replica fields",
    );
    expect(check?.says).toContain("updated replicas (acme-a)");
    expect(check?.says).toContain("Fields not read: deployed_models[].ready.");
    expect(check?.remedy).toContain("ROLLCALL_FIELDS");
  });

  it("names the organization in each check if there are several", () => {
    const other = { ...upstream, org: { name: "globex", listing: refused("key_rejected") }, endpoints: [] };
    const checks = diagnose({ ...facts, upstream: [upstream, other] });
    const stateOf = (name: string) => checks.find((check) => check.name === name)?.state;
    expect(stateOf("Management key (acme)")).toBe("ok");
    expect(stateOf("Management key (globex)")).toBe("failing");
    expect(checks).toHaveLength(16);
  });

  it("says for which endpoints the listing is no hint, and why", () => {
    const failed = [{ id: "acme-a", at: now, reason: "unmoved" as const }];
    const hint = { covered: 12, interval: 10 * minute, failed, unproven: 2 };
    const checks = diagnose({ ...facts, upstream: [{ ...upstream, hint }] });
    const check = checks.find(({ name }) => name === "Listing as a hint");
    expect(check?.state).toBe("ok");
    for (const part of [
      "12 idle endpoints",
      "10 min",
      "for 2",
      "acme-a (changed, and the listing showed no update",
    ])
      expect(check?.says).toContain(part);
  });

  it("says how to correct a settings file that became invalid while Rollcall runs", () => {
    const mistakes = [{ setting: "rollcall.yaml: organizations", problem: "is missing." }];
    const [check] = diagnose({ ...facts, mistakes, isRunning: true });
    expect(check?.state).toBe("failing");
    expect(check?.remedy).toContain("reads it again automatically");
  });
});

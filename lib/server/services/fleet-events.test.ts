import type { KyselyPlugin } from "kysely";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { FleetEventList } from "@/lib/contract/event";
import { observation, rolloutFacts } from "@/lib/domain/testing/rollouts";
import { openAccess, type Principal } from "@/lib/server/access/principal";
import type { Entry } from "@/lib/server/db/recording";
import { engines } from "@/lib/server/db/testing/engines";
import { endpointFacts, recording } from "@/lib/server/db/testing/entries";

import { readFleetEvents } from "./fleet-events";
import { openTestContext } from "./testing/context";

const viewer = openAccess("viewer");
const ofGlobex: Principal = { kind: "token", tokenId: "t", scopes: ["read"], orgs: ["globex"] };
const cause = { code: "upstream_error", message: "Cerebras answers 500." } as const;

/** Two endpoints that are seen to start, move and end at the same instants; one is then not watched for a while. */
function history(): Entry[] {
  const entries: Entry[] = [];
  for (const [endpointId, org] of [
    ["acme-1", "acme"],
    ["globex-1", "globex"],
  ] as const) {
    const endpoint = endpointFacts({ endpointId, org });
    const facts = rolloutFacts({ deploymentId: `${endpointId}-d`, firstObservedAt: 1_000 });
    for (const [nth, status] of (["in_progress", "in_progress", "done"] as const).entries()) {
      const at = 1_000 + nth * 1_000;
      const seen = observation(at, { status, updatedReplicas: nth }, nth === 0 ? null : at - 500);
      entries.push(
        recording(at, {
          endpointId,
          endpoint,
          span: { from: 1_000 },
          rollouts: [{ facts, observation: seen }],
        }),
      );
    }
  }
  return [
    ...entries,
    { kind: "gapStart", endpointId: "acme-1", spanFrom: 1_000, cause },
    recording(9_000, { endpointId: "acme-1", span: { from: 9_000 } }),
  ];
}

async function open(newDatabase: (typeof engines)[number]["newDatabase"]) {
  let queries = 0;
  const counter: KyselyPlugin = {
    transformQuery: ({ node }) => {
      queries += 1;
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  const ctx = await openTestContext(await newDatabase(), {}, [counter]);
  await ctx.history.write(history());
  const read = async (query: Record<string, string>, principal: Principal = viewer) => {
    const all = new URLSearchParams({ since: "1970-01-01T00:00:00Z", ...query });
    return (await readFleetEvents(ctx, { principal, query: all })).body;
  };
  const count = async (query: Record<string, string>): Promise<number> => {
    queries = 0;
    await read(query);
    return queries;
  };
  return { read, count };
}

const shortened = ({ events }: FleetEventList) =>
  events.map(({ endpointId, kind, before }) => `${before} ${endpointId} ${kind}`);

describe.each(engines)("the events of a fleet on $engine", ({ newDatabase }) => {
  it("come oldest first, with what changed, and gaps", async () => {
    const { read } = await open(newDatabase);
    const all = await read({});
    expect(shortened(all)).toEqual([
      "1000 acme-1 first_seen",
      "1000 globex-1 first_seen",
      "2000 acme-1 replicas",
      "2000 globex-1 replicas",
      ...["status", "replicas"].map((kind) => `3000 acme-1 ${kind}`),
      ...["status", "replicas"].map((kind) => `3000 globex-1 ${kind}`),
      "3000 acme-1 gap",
      "9000 acme-1 watching_again",
    ]);
  });

  it("are the same in pages of any size, and go on from the last cursor", async () => {
    const { read } = await open(newDatabase);
    const whole = shortened(await read({}));
    for (const limit of [1, 2, 3, 7]) {
      const found: string[] = [];
      let page = await read({ limit: `${limit}` });
      found.push(...shortened(page));
      while (page.hasMore) {
        page = await read({ limit: `${limit}`, cursor: page.nextCursor ?? "" });
        found.push(...shortened(page));
      }
      expect(found).toEqual(whole);
      expect(await read({ cursor: page.nextCursor ?? "" })).toEqual({
        events: [],
        nextCursor: page.nextCursor,
        hasMore: false,
      });
    }
  });

  it("are limited to what the caller may see, and to what is asked for", async () => {
    const { read } = await open(newDatabase);
    const endpointsOf = ({ events }: FleetEventList) => [
      ...new Set(events.map(({ endpointId }) => endpointId)),
    ];
    expect(endpointsOf(await read({}, ofGlobex))).toEqual(["globex-1"]);
    expect(endpointsOf(await read({ organization: "acme" }, ofGlobex))).toEqual([]);
    expect(endpointsOf(await read({ endpoint: "acme-1" }, ofGlobex))).toEqual([]);
    expect(endpointsOf(await read({ organization: "acme" }))).toEqual(["acme-1"]);
    expect(endpointsOf(await read({ endpoint: "globex-1" }))).toEqual(["globex-1"]);
    expect(shortened(await read({ kind: "watching_again" }))).toEqual(["9000 acme-1 watching_again"]);
    expect(shortened(await read({ kind: "first_seen", until: "1970-01-01T00:00:02Z" }))).toHaveLength(2);
    const since = "1970-01-01T00:00:02.500Z";
    expect((await read({ since })).events.every(({ before }) => before >= 2_500)).toBe(true);
  });

  it("cost a fixed number of queries", async () => {
    const { count } = await open(newDatabase);
    expect(await count({ limit: "100" })).toBeLessThanOrEqual(4);
    expect(await count({ limit: "1" })).toBeLessThanOrEqual(4);
  });
});

it("rejects what it cannot read, whatever a cursor holds", async () => {
  const { read } = await open(engines[0]?.newDatabase ?? (() => Promise.reject(new Error("no engine"))));
  for (const query of [{ since: "yesterday" }, { kind: "fun" }, { limit: "0" }, { limit: "101" }])
    await expect(read(query)).rejects.toMatchObject({ kind: "invalid" });
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1 }), async (text) => {
      for (const cursor of [text, Buffer.from(text).toString("base64url")])
        await expect(read({ cursor })).rejects.toMatchObject({ kind: "invalid" });
    }),
    { numRuns: 30 },
  );
});

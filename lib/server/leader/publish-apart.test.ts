import { describe, expect, it, onTestFinished } from "vitest";

import { openDatabase } from "@/lib/server/db/open-database";
import { openStore } from "@/lib/server/db/store";
import { command, newPostgresDatabase } from "@/lib/server/db/testing/engines";
import { createLog } from "@/lib/server/log";

import { createPublication } from "./publish-apart";

/** A PostgreSQL that rejects every snapshot whose text contains "refused". */
async function open() {
  const address = await newPostgresDatabase();
  const store = await openStore(openDatabase(address));
  onTestFinished(() => store.close());
  await command(address.url, "alter table snapshot add constraint picky check (body not like '%refused%')");
  const fencingToken = await store.lease.take(await store.lease.read(), "this");
  if (fencingToken === null) throw new Error("Another instance holds the lease.");
  const lines: string[] = [];
  const log = createLog(
    () => [],
    (line) => lines.push(line),
  );
  const { publishSnapshots } = createPublication({
    publish: (snapshots, options) => store.snapshots.publish(snapshots, fencingToken, options),
    log,
  });
  const published = async () => {
    const rows = await store.snapshots.readAfter(-1);
    return Object.fromEntries(rows.map(({ name, body }) => [name, body]));
  };
  return { publishSnapshots, published, lines, address };
}

const many = (body: (nth: number) => string) =>
  Array.from({ length: 40 }, (_, nth) => ({ name: `e${nth}`, body: body(nth) }));

describe("a snapshot that the database rejects", () => {
  it("does not hold back the others, is logged once, and is published once it is accepted", async () => {
    const { publishSnapshots, published, lines } = await open();
    await publishSnapshots([{ name: "former", body: "of another leader" }], { isAll: true });
    for (const round of ["first", "second"]) {
      await publishSnapshots(
        many((nth) => (nth === 7 || nth === 33 ? "refused" : round)),
        { isAll: round === "first" },
      );
      const seen = await published();
      expect(Object.keys(seen)).toHaveLength(38);
      expect(new Set(Object.values(seen))).toEqual(new Set([round]));
    }
    expect(lines).toHaveLength(2);
    await publishSnapshots(
      many(() => "third"),
      { isAll: false },
    );
    expect(Object.values(await published())).toEqual(many(() => "third").map(({ body }) => body));
  });

  it("may share its name with another: the last is published", async () => {
    const { publishSnapshots, published } = await open();
    await publishSnapshots(
      [
        { name: "e1", body: "frozen" },
        { name: "e2", body: "other" },
        { name: "e1", body: "newest" },
      ],
      { isAll: true },
    );
    expect(await published()).toEqual({ e1: "newest", e2: "other" });
  });

  it("fails the publication if every row is rejected", async () => {
    const { publishSnapshots } = await open();
    const all = Array.from({ length: 200 }, (_, nth) => ({ name: `e${nth}`, body: "refused" }));
    await expect(publishSnapshots(all, { isAll: true })).rejects.toThrow(/picky/);
  });

  it("is not searched for while the database is unreachable", async () => {
    const { publishSnapshots, lines, address } = await open();
    const server = new URL(address.url);
    const name = server.pathname.slice(1);
    server.pathname = "postgres";
    await command(server.href, `alter database ${name} with allow_connections false`);
    await command(
      server.href,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
    );
    await expect(
      publishSnapshots(
        many(() => "any"),
        { isAll: false },
      ),
    ).rejects.toThrow();
    expect(lines).toEqual([]);
  });
});

import { describe, expect, it, onTestFinished } from "vitest";

import { openDatabase } from "@/lib/server/db/open-database";
import { openStore } from "@/lib/server/db/store";
import { command, newPostgresDatabase } from "@/lib/server/db/testing/engines";
import { createLog } from "@/lib/server/log";

import { createPublication } from "./publish-apart";

/** A PostgreSQL that takes no snapshot whose text holds "refused". */
async function open() {
  const address = await newPostgresDatabase();
  const store = await openStore(openDatabase(address));
  onTestFinished(() => store.close());
  await command(address.url, "alter table snapshot add constraint picky check (body not like '%refused%')");
  const fencingToken = await store.lease.take(await store.lease.read(), "this");
  if (fencingToken === null) throw new Error("The lease is another's.");
  const lines: string[] = [];
  const log = createLog(
    () => [],
    (line) => lines.push(line),
  );
  const { tell } = createPublication({
    publish: (snapshots, options) => store.snapshots.publish(snapshots, fencingToken, options),
    log,
  });
  const told = async () => {
    const rows = await store.snapshots.readAfter(-1);
    return Object.fromEntries(rows.map(({ name, body }) => [name, body]));
  };
  return { tell, told, lines, address };
}

const many = (body: (nth: number) => string) =>
  Array.from({ length: 40 }, (_, nth) => ({ name: `e${nth}`, body: body(nth) }));

describe("a row that the database refuses", () => {
  it("keeps back none of the others, is logged once, and is told when it is taken", async () => {
    const { tell, told, lines } = await open();
    await tell([{ name: "former", body: "of another leader" }], { isAll: true });
    for (const round of ["first", "second"]) {
      await tell(
        many((nth) => (nth === 7 || nth === 33 ? "refused" : round)),
        { isAll: round === "first" },
      );
      const seen = await told();
      expect(Object.keys(seen)).toHaveLength(38);
      expect(new Set(Object.values(seen))).toEqual(new Set([round]));
    }
    expect(lines).toHaveLength(2);
    await tell(
      many(() => "third"),
      { isAll: false },
    );
    expect(Object.values(await told())).toEqual(many(() => "third").map(({ body }) => body));
  });

  it("may have the name of another: the last is told", async () => {
    const { tell, told } = await open();
    await tell(
      [
        { name: "e1", body: "frozen" },
        { name: "e2", body: "other" },
        { name: "e1", body: "newest" },
      ],
      { isAll: true },
    );
    expect(await told()).toEqual({ e1: "newest", e2: "other" });
  });

  it("is the database's trouble when it is every row", async () => {
    const { tell } = await open();
    const all = Array.from({ length: 200 }, (_, nth) => ({ name: `e${nth}`, body: "refused" }));
    await expect(tell(all, { isAll: true })).rejects.toThrow(/picky/);
  });

  it("is looked for in no database that is away", async () => {
    const { tell, lines, address } = await open();
    const server = new URL(address.url);
    const name = server.pathname.slice(1);
    server.pathname = "postgres";
    await command(server.href, `alter database ${name} with allow_connections false`);
    await command(
      server.href,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
    );
    await expect(
      tell(
        many(() => "any"),
        { isAll: false },
      ),
    ).rejects.toThrow();
    expect(lines).toEqual([]);
  });
});

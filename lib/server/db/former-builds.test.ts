import { readFileSync, readdirSync } from "node:fs";

import { CompiledQuery, type Kysely, Migrator } from "kysely";
import { describe, expect, it, onTestFinished } from "vitest";
import * as z from "zod";

import { migrate, migrationNames, migrations } from "./migrate";
import { openDatabase } from "./open-database";
import type { Database } from "./schema";
import { engines } from "./testing/engines";
import { askEverything } from "./testing/every-query";

/*
 * During an upgrade, servers of the former build read and write a database that the first new one has upgraded already.
 * `levels/NAME.queries.jsonl` holds every query of the last build of a level, as it sent them to each engine.
 */

const folder = "lib/server/db/testing/levels";
const ending = ".queries.jsonl";
const newest = migrationNames.at(-1) ?? "";
const levels = readdirSync(folder)
  .filter((name) => name.endsWith(ending))
  .map((name) => name.slice(0, -ending.length));

const line = z
  .tuple([z.string(), z.string(), z.string(), z.array(z.unknown())])
  .transform(([engine, name, text, parameters]) => ({ engine, name, text, parameters }));
type Line = z.infer<typeof line>;

function queriesOf(level: string, engine: string): Line[] {
  const lines = readFileSync(`${folder}/${level}${ending}`, "utf8").trim().split("\n");
  return lines.map((each) => line.parse(JSON.parse(each))).filter((each) => each.engine === engine);
}

async function openAt(level: string, address: Parameters<typeof openDatabase>[0]): Promise<Kysely<Database>> {
  const db = openDatabase(address);
  onTestFinished(() => db.destroy());
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  const { error } = await new Migrator({ db, provider }).migrateTo(level);
  expect(error).toBeUndefined();
  return db;
}

/** What each query returns, in order. Fails with the first that the database refuses. */
async function replay(db: Kysely<Database>, queries: readonly Line[]) {
  const answers = [];
  for (const { name, text, parameters } of queries) {
    const { rows } = await db.executeQuery(CompiledQuery.raw(text, parameters));
    answers.push({ name, rows });
  }
  return answers;
}

describe.each(engines)("a server of a former build on $engine", ({ engine, newDatabase }) => {
  it.each(levels)("of level %s reads and writes an upgraded database as before", async (level) => {
    const queries = queriesOf(level, engine);
    const isReading = ({ text }: Line) => /^(select|with)/.test(text);
    expect(queries.filter(isReading).length).toBeGreaterThan(30);

    const former = await openAt(level, await newDatabase());
    const before = await replay(former, queries);
    const kept = await replay(former, queries.filter(isReading));
    await migrate(former);
    expect(await replay(former, queries.filter(isReading))).toMatchObject(kept);

    const upgraded = openDatabase(await newDatabase());
    onTestFinished(() => upgraded.destroy());
    await migrate(upgraded);
    expect(await replay(upgraded, queries)).toMatchObject(before);
  });
});

it("the queries of this build are kept for the next one", async () => {
  const lines: string[] = [];
  for (const { engine, newDatabase } of engines)
    for (const { name, sql, parameters } of await askEverything(openDatabase(await newDatabase())))
      lines.push(`${JSON.stringify([engine, name, sql, parameters])}\n`);
  await expect(lines.join("")).toMatchFileSnapshot(`testing/levels/${newest}${ending}`);
});

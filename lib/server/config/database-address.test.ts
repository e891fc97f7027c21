import { describe, expect, it } from "vitest";

import { databaseAddress, databasePlace, databaseSecrets } from "./database-address";

describe("a database address", () => {
  it.each([
    ["file:./data/rollcall.db", "./data/rollcall.db", []],
    ["file:///var/lib/rollcall.db", "/var/lib/rollcall.db", []],
    ["postgres://rollcall@db.internal/history", "postgres://db.internal/history", []],
    ["postgresql://db.internal:5433/history?sslmode=require", "postgres://db.internal:5433/history", []],
    ["postgres://u:p%40ss@db/history", "postgres://db/history", ["p%40ss", "p@ss"]],
    ["postgres://u:100%@db/history", "postgres://db/history", ["100%", "100%"]],
    [
      "postgres:///history?host=/run/postgresql&password=word",
      "postgres:///run/postgresql/history",
      ["word", "word"],
    ],
  ])("%s is told as %s, and hides %j", (text, place, secrets) => {
    const address = databaseAddress.parse(text);
    expect(databasePlace(address)).toBe(place);
    expect(databaseSecrets(address)).toEqual(secrets);
    for (const secret of secrets) expect(place).not.toContain(secret);
  });
});

import { describe, expect, it } from "vitest";

import { databaseAddress, databasePlace, databaseSecrets } from "./database";

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
  ])("%s is shown as %s, and hides %j", (text, place, secrets) => {
    const address = databaseAddress.parse(text);
    expect(databasePlace(address)).toBe(place);
    expect(databaseSecrets(address)).toEqual(secrets);
    for (const secret of secrets) expect(place).not.toContain(secret);
  });

  it.each(["S3cr#t", "a/b", "a?b", "12/3", "1?2", "1#2", "#", "/", "?"])(
    "with the password %s, unencoded, is rejected with how to encode it, and is not quoted",
    (password) => {
      for (const user of ["rollcall:", "a.b:"]) {
        const { error } = databaseAddress.safeParse(`postgres://${user}${password}@db.internal/history`);
        expect(error?.issues[0]?.message).toMatch(/Percent-encode it: .*%23/);
        expect(JSON.stringify(error)).not.toContain("db.internal");
        const encoded = `postgres://${user}${encodeURIComponent(password)}@db.internal/history`;
        expect(databaseAddress.safeParse(encoded).success).toBe(true);
      }
    },
  );

  it("accepts an @ in a parameter's value", () => {
    for (const text of [
      "postgres:///history?host=/run/postgresql&user=a@b",
      "postgres://db/history?user=a@b&password=c",
      "postgres://a@b@db/history",
    ])
      expect(databaseAddress.safeParse(text).success, text).toBe(true);
  });

  it("of a file allows no parameters", () => {
    const { error } = databaseAddress.safeParse("file:./data/x.db?connection_limit=1");
    expect(error?.issues[0]?.message).toMatch(/Name the file alone/);
  });
});

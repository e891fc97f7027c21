import { describe, expect, it } from "vitest";

import { changeQuery, parseView } from "./view-state";

const at = Date.UTC(2026, 10, 26, 14, 2, 10);
const until = at + 60_000;
const range = `from=${new Date(at).toISOString()}&until=${new Date(until).toISOString()}`;
const parse = (query: string) => parseView(new URLSearchParams(query));

describe("the view in the address", () => {
  it.each([
    ["", { at: null, range: null, other: null, isMisread: false }],
    [`at=${new Date(at).toISOString()}`, { at, range: null, isMisread: false }],
    [`${range}&with=d7`, { range: { from: at, until }, other: "d7", isMisread: false }],
    ["with=", { other: "", isMisread: false }],
    ["at=yesterday", { at: null, isMisread: true }],
    [`from=${new Date(at).toISOString()}`, { range: null, isMisread: true }],
    ["from=x&until=%00", { range: null, isMisread: true }],
    [
      `from=${new Date(until).toISOString()}&until=${new Date(at).toISOString()}`,
      { range: null, isMisread: true },
    ],
  ])("%j", (query, view) => {
    expect(parse(query)).toMatchObject(view);
  });

  it("reads back what it writes, and leaves other parameters alone", () => {
    const query = changeQuery("?ref=chat&with=d7", { at: null, from: at + 0.4, until });
    expect(query).toBe(`?ref=chat&with=d7&${range}`);
    expect(parse(query).range).toEqual({ from: at, until });
    expect(changeQuery(query, { from: null, until: null, with: null })).toBe("?ref=chat");
    expect(changeQuery("?at=2026", { at: null })).toBe("");
  });
});

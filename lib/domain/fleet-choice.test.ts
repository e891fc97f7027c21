import { expect, it } from "vitest";

import { isNarrowed, parseFleetChoice, toFleetQuery } from "./fleet-choice";

const PLAIN = {
  search: "",
  status: null,
  org: "",
  arch: "",
  sort: "urgency",
  group: "none",
  density: "roomy",
  quiet: "some",
} as const;

const parse = (query: string) => {
  const said = new URLSearchParams(query);
  return parseFleetChoice((name) => said.get(name));
};

it.each([
  ["", {}],
  ["search=qwen+8", { search: "qwen 8" }],
  ["status=error&org=acme&arch=qwen-3-32b", { status: "error", org: "acme", arch: "qwen-3-32b" }],
  ["sort=age&group=org&density=dense", { sort: "age", group: "org", density: "dense" }],
  ["status=quiet&quiet=all", { status: "quiet", quiet: "all" }],
  ["status=on-fire&sort=sideways&group=&density=tiny&other=1", {}],
  [`search=${"x".repeat(500)}`, { search: "x".repeat(128) }],
])("reads %j", (query, said) => {
  expect(parse(query)).toEqual({ ...PLAIN, ...said });
});

it.each([
  "",
  "?search=a%26b%3D%23%20c",
  "?status=error&org=acme",
  "?sort=name&group=arch&density=dense&quiet=all",
])("writes %j as it was read", (query) => {
  expect(toFleetQuery(parse(query))).toBe(query);
});

it("is narrowed by filters, not by the order", () => {
  expect(isNarrowed(parse("sort=name&group=org&density=dense&quiet=all&search=+"))).toBe(false);
  for (const query of ["search=a", "status=done", "status=blind", "org=acme", "arch=x"]) {
    expect(isNarrowed(parse(query))).toBe(true);
  }
});

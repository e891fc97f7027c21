import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseIpAddress, toNetworks } from "./ip-address";

const written = (text: string) => parseIpAddress(text)?.toString() ?? null;

describe("an address", () => {
  it.each([
    ["203.0.113.8", "203.0.113.8"],
    [" 203.0.113.8 ", "203.0.113.8"],
    ["203.0.113.8:51234", "203.0.113.8"],
    ["::ffff:203.0.113.8", "203.0.113.8"],
    ["::FFFF:cb00:7108", "203.0.113.8"],
    ["[::ffff:203.0.113.8]:443", "203.0.113.8"],
    ["2001:DB8:0:0::1", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["[2001:db8::1]:51234", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    ["[fe80::1%25eth0]:80", "fe80::1"],
    ['"[2001:db8::1]:51234"', "2001:db8::1"],
  ])("%j is %s", (text, expected) => {
    expect(written(text)).toBe(expected);
  });

  it.each([
    "",
    "unknown",
    "_hidden",
    "127.1",
    "2130706433",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "1.2.3.4.5",
    "203.0.113.8:",
    "203.0.113.8:port",
    "[203.0.113.8",
    "[2001:db8::1]x",
    "2001:db8::1]",
    "2001:db8:::1",
    "10.0.0.0/8",
    "localhost",
  ])("%j is none", (text) => {
    expect(written(text)).toBeNull();
  });

  it("is the same however it is written", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 1, max: 65_535 }), (address, port) => {
        const forms = [address, `${address}:${port}`, `::ffff:${address}`, `[::ffff:${address}]:${port}`];
        expect(new Set(forms.map(written))).toEqual(new Set([address]));
      }),
    );
  });

  it("never throws, and what is read is read again as the same", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (text) => {
        const once = written(text);
        if (once !== null) expect(written(once)).toBe(once);
      }),
    );
  });
});

describe("the networks of an address", () => {
  const of = (text: string) => {
    const address = parseIpAddress(text);
    return address === null ? null : toNetworks(address);
  };

  it.each([
    ["203.0.113.8", { near: "203.0.113.8", wide: null }],
    ["2001:db8:1:2:3:4:5:6", { near: "2001:db8:1:2::/64", wide: "2001:db8:1::/48" }],
    ["::ffff:203.0.113.8", { near: "203.0.113.8", wide: null }],
  ])("%s is counted under %j", (text, expected) => {
    expect(of(text)).toEqual(expected);
  });

  it("are shared by all of a /64, and only by them", () => {
    const part = fc.integer({ min: 0, max: 0xff_ff });
    const parts = fc.tuple(part, part, part, part, part, part, part);
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        // The first part keeps mapped and embedded IPv4 forms out.
        const write = (values: readonly number[]) =>
          `2001:${values.map((value) => value.toString(16)).join(":")}`;
        const sibling = [...one.slice(0, 3), ...other.slice(3)];
        expect(of(write(sibling))).toEqual(of(write(one)));
        const isNear = one.slice(0, 3).join(":") === other.slice(0, 3).join(":");
        expect(of(write(one))?.near === of(write(other))?.near).toBe(isNear);
      }),
    );
  });
});

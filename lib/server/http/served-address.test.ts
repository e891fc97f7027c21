import { expect, it } from "vitest";

import { toServedAddress } from "./served-address";

it.each([
  ["/livez", "/rollcall/livez"],
  ["/readyz?verbose", "/rollcall/readyz?verbose"],
  ["/rollcall/livez", "/rollcall/livez"],
  ["/livez/more", "/livez/more"],
  ["/rollcall", "/rollcall/"],
  ["/rollcall?q=a", "/rollcall/?q=a"],
  ["/rollcall/", "/rollcall/"],
  ["/rollcalls", "/rollcalls"],
  ["/rollcall/rollcall", "/rollcall/rollcall"],
  ["/", "/"],
  ["", ""],
])("under /rollcall, %j is served as %j", (url, served) => {
  expect(toServedAddress(url, "/rollcall")).toBe(served);
});

it.each(["/livez", "/", "/rollcall", "*", ""])("at the root of a host %j is served as it is", (url) => {
  expect(toServedAddress(url, "")).toBe(url);
});

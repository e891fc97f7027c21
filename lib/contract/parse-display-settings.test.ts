import { expect, test } from "vitest";

import { parseDisplaySettings } from "./parse-display-settings";

const everything = { endpointIds: null, theme: "auto", rotateSeconds: null, night: true };

test.each([
  ["nothing", {}, {}],
  ["endpoints", { endpoints: "a,b" }, { endpointIds: ["a", "b"] }],
  ["endpoints ticked in a form", { scope: "some", endpoints: ["a", "b"] }, { endpointIds: ["a", "b"] }],
  ["ticks that the form overrules", { scope: "all", endpoints: ["a", "b"] }, {}],
  ["gaps between commas", { endpoints: ",a,," }, { endpointIds: ["a"] }],
  ["no endpoint", { endpoints: "" }, {}],
  ["a theme", { theme: "dark" }, { theme: "dark" }],
  ["seconds per page", { rotate: "30" }, { rotateSeconds: 30 }],
  ["no night", { night: "off" }, { night: false }],
  ["a word for night that means nothing", { night: "no" }, {}],
  ["something else", { page: "3" }, {}],
])("the wall's address with %s", (_, query, expected) => {
  expect(parseDisplaySettings(query)).toEqual({ ...everything, ...expected });
});

test("what is invalid is ignored, and the rest counts", () => {
  const query = { endpoints: "a", theme: "pink", rotate: "soon", night: ["off", "off"] };
  expect(parseDisplaySettings(query)).toEqual({ ...everything, endpointIds: ["a"] });
  expect(parseDisplaySettings({ theme: "light", rotate: "1" })).toEqual({ ...everything, theme: "light" });
  expect(parseDisplaySettings({ theme: ["dark", "dark"], rotate: "3601" })).toEqual(everything);
});

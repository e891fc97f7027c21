import { runInNewContext } from "node:vm";

import { describe, expect, it } from "vitest";

import { themeScript } from "./theme-script";

describe("the theme before the first paint", () => {
  it.each([
    { chosen: null, isSystemDark: false, theme: "light" },
    { chosen: null, isSystemDark: true, theme: "dark" },
    { chosen: "system", isSystemDark: true, theme: "dark" },
    { chosen: "light", isSystemDark: true, theme: "light" },
    { chosen: "dark", isSystemDark: false, theme: "dark" },
    { chosen: "something else", isSystemDark: false, theme: "light" },
  ])("$chosen on a system with dark: $isSystemDark", ({ chosen, isSystemDark, theme }) => {
    const isAsked = (key: string) => key === "theme";
    expect(drawn({ getItem: (key) => (isAsked(key) ? chosen : null) }, isSystemDark)).toEqual({
      "data-theme": theme,
    });
  });

  it("is the system's where nothing may be stored", () => {
    const forbidden = {
      getItem: () => {
        throw new Error("SecurityError");
      },
    };
    expect(drawn(forbidden, true)).toEqual({ "data-theme": "dark" });
  });
});

/** The attributes of `<html>` after the script. */
function drawn(localStorage: { getItem: (key: string) => string | null }, isSystemDark: boolean) {
  const attributes: Record<string, string> = {};
  runInNewContext(themeScript(), {
    localStorage,
    matchMedia: (query: string) => ({ matches: isSystemDark && query === "(prefers-color-scheme: dark)" }),
    document: {
      documentElement: { setAttribute: (name: string, value: string) => (attributes[name] = value) },
    },
  });
  return attributes;
}

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

import { displayStates } from "@/lib/domain/display-state";

import { dark, hueOf, light, type Theme } from "./palette";

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");

/** The colors that the first rule with this selector declares, alone or in a list of selectors. */
function variablesOf(selector: string): Record<string, string> {
  const rule = css.slice(css.indexOf(selector)).split("}")[0] ?? "";
  const declarations = [...rule.matchAll(/--([a-z-]+): (#[0-9a-f]+);/g)];
  return Object.fromEntries(declarations.map(([, name = "", color = ""]) => [name, color]));
}

const toVariable = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

test.each<[string, Theme, string]>([
  ["light", light, '[data-theme="light"]'],
  ["dark", dark, '[data-theme="dark"]'],
])("the %s theme has the colors of the style sheet", (_, theme, selector) => {
  const expected = Object.entries(theme).map(([name, color]) => [toVariable(name), color]);
  expect(variablesOf(selector)).toMatchObject(Object.fromEntries(expected));
});

test.each(displayStates)("%s has the same hue in the style sheet", (state) => {
  const rules = [...css.matchAll(/((?:\[data-state="\w+"\],?\s*)+)\{\s*--state: var\(--(\w+)\);/g)];
  const hue = rules.find(([, selectors]) => selectors?.includes(`"${state}"`))?.[2] ?? "muted";
  expect(hueOf(state)).toBe(hue);
});

import { expect, it } from "vitest";

import { displaySettingsSchema, type DisplaySettings } from "./screen";
import { fromDisplaySettingsFields, toDisplaySettingsText } from "./display-settings-text";

it.each<DisplaySettings>([
  { endpointIds: null, theme: "auto", rotateSeconds: null, night: true },
  { endpointIds: null, theme: "auto", rotateSeconds: null, night: false },
  { endpointIds: ["acme-a", "acme-b"], theme: "dark", rotateSeconds: 30, night: true },
])("%j is what its text asks for", (displaySettings) => {
  const { endpoints, ...text } = toDisplaySettingsText(displaySettings);
  const fields = new URLSearchParams(text);
  for (const id of endpoints) fields.append("endpoints", id);
  expect(displaySettingsSchema.parse(fromDisplaySettingsFields(fields))).toEqual(displaySettings);
});

it.each([
  { theme: "pink", scope: "all", rotate: "" },
  { theme: "auto", scope: "some", rotate: "" },
  { theme: "auto", scope: "all", rotate: "soon" },
  { theme: "auto", scope: "all", rotate: "2" },
  {},
])("%j asks for nothing that a screen can show", (text) => {
  const asked = fromDisplaySettingsFields(new URLSearchParams(text));
  expect(displaySettingsSchema.safeParse(asked).success).toBe(false);
});

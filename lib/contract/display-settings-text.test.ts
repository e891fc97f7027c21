import { expect, it } from "vitest";

import { displaySettingsSchema, type DisplaySettings } from "./screen";
import { fromDisplaySettingsFields, toDisplaySettingsText } from "./display-settings-text";

it.each<DisplaySettings>([
  { endpointIds: null, theme: "auto", rotateSeconds: null },
  { endpointIds: ["acme-a", "acme-b"], theme: "dark", rotateSeconds: 30 },
])("%j is what its text asks for", (displaySettings) => {
  const fields = new URLSearchParams(toDisplaySettingsText(displaySettings));
  expect(displaySettingsSchema.parse(fromDisplaySettingsFields(fields))).toEqual(displaySettings);
});

it.each([
  { theme: "pink", endpoints: "", rotate: "" },
  { theme: "auto", endpoints: "", rotate: "soon" },
  { theme: "auto", endpoints: "", rotate: "2" },
  {},
])("%j asks for nothing that a screen can show", (text) => {
  const asked = fromDisplaySettingsFields(new Map(Object.entries(text)));
  expect(displaySettingsSchema.safeParse(asked).success).toBe(false);
});

import { expect, it } from "vitest";

import { screenShowsSchema, type ScreenShows } from "./screen";
import { fromShowsFields, toShowsText } from "./shows-text";

it.each<ScreenShows>([
  { endpointIds: null, theme: "auto", rotateSeconds: null },
  { endpointIds: ["acme-a", "acme-b"], theme: "dark", rotateSeconds: 30 },
])("%j is what its text asks for", (shows) => {
  const fields = new URLSearchParams(toShowsText(shows));
  expect(screenShowsSchema.parse(fromShowsFields(fields))).toEqual(shows);
});

it.each([
  { theme: "pink", endpoints: "", rotate: "" },
  { theme: "auto", endpoints: "", rotate: "soon" },
  { theme: "auto", endpoints: "", rotate: "2" },
  {},
])("%j asks for nothing that a screen can show", (text) => {
  const asked = fromShowsFields(new Map(Object.entries(text)));
  expect(screenShowsSchema.safeParse(asked).success).toBe(false);
});

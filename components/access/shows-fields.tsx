"use client";

import type { ScreenShows } from "@/lib/contract/screen";

import { SelectField, TextField } from "../ui/field";

/** What a screen shows, as it is typed. */
export type ShowsText = { endpoints: string; theme: ScreenShows["theme"]; rotate: string };

const themes: Readonly<Record<ScreenShows["theme"], string>> = {
  auto: "as the screen’s system has it",
  light: "light",
  dark: "dark",
};

/** What is typed for what a screen shows; an empty line is everything, or no turning. */
export function toShowsText({ endpointIds, theme, rotateSeconds }: ScreenShows): ShowsText {
  return {
    endpoints: endpointIds?.join(", ") ?? "",
    theme,
    rotate: rotateSeconds === null ? "" : String(rotateSeconds),
  };
}

export function toShows({ endpoints, theme, rotate }: ShowsText): ScreenShows {
  const ids = endpoints.split(/[\s,]+/).filter((id) => id !== "");
  return {
    endpointIds: ids.length === 0 ? null : ids,
    theme,
    rotateSeconds: rotate === "" ? null : Number(rotate),
  };
}

/** The lines of a form that say what a screen shows. */
export function ShowsFields({ shows, onChange }: { shows: ShowsText; onChange: (next: ShowsText) => void }) {
  return (
    <>
      <TextField
        label="Endpoints, separated by commas; empty for all"
        list="endpoints"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={shows.endpoints}
        onChange={({ target }) => onChange({ ...shows, endpoints: target.value })}
      />
      <SelectField
        label="Theme"
        value={shows.theme}
        onChange={({ target }) => onChange({ ...shows, theme: toTheme(target.value) })}
      >
        {Object.entries(themes).map(([theme, words]) => (
          <option key={theme} value={theme}>
            {words}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Seconds until it turns to the next page of endpoints; empty for one page"
        type="number"
        min={5}
        max={3600}
        value={shows.rotate}
        onChange={({ target }) => onChange({ ...shows, rotate: target.value })}
      />
    </>
  );
}

function toTheme(value: string): ScreenShows["theme"] {
  return value === "light" || value === "dark" ? value : "auto";
}

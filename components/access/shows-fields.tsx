import type { ScreenShows } from "@/lib/contract/screen";
import type { ShowsText } from "@/lib/contract/shows-text";

import { SelectField, TextField } from "../ui/field";

const themes: Readonly<Record<ScreenShows["theme"], string>> = {
  auto: "as the screen’s system has it",
  light: "light",
  dark: "dark",
};

/** The lines of a form that say what a screen shows, by the names that `fromShowsFields` reads. */
export function ShowsFields({ start }: { start: ShowsText }) {
  return (
    <>
      <TextField
        label="Endpoints, separated by commas; empty for all"
        name="endpoints"
        list="endpoints"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={start.endpoints}
      />
      <SelectField label="Theme" name="theme" defaultValue={start.theme}>
        {Object.entries(themes).map(([theme, words]) => (
          <option key={theme} value={theme}>
            {words}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Seconds until it turns to the next page of endpoints; empty for one page"
        name="rotate"
        type="number"
        min={5}
        max={3600}
        defaultValue={start.rotate}
      />
    </>
  );
}

import type { DisplaySettings } from "@/lib/contract/screen";
import type { DisplaySettingsText } from "@/lib/contract/display-settings-text";

import { SelectField, TextField } from "../ui/field";

const themes: Readonly<Record<DisplaySettings["theme"], string>> = {
  auto: "as the screen’s system has it",
  light: "light",
  dark: "dark",
};

/** The lines of a form that say what a screen shows, by the names that `fromShowsFields` reads. */
export function DisplaySettingsFields({ start }: { start: DisplaySettingsText }) {
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

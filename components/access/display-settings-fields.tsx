import type { DisplaySettings } from "@/lib/contract/screen";
import type { DisplaySettingsText } from "@/lib/contract/display-settings-text";

import { SelectField, TextField } from "../ui/field";

const themes: Readonly<Record<DisplaySettings["theme"], string>> = {
  auto: "same as the screen’s system",
  light: "light",
  dark: "dark",
};

/** Form fields for what a screen shows. `fromDisplaySettingsFields` reads them by name. */
export function DisplaySettingsFields({ start }: { start: DisplaySettingsText }) {
  return (
    <>
      <TextField
        label="Endpoints, separated by commas (empty for all)"
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
        label="Seconds per page if there are more than 60 endpoints (empty for 20)"
        name="rotate"
        type="number"
        min={5}
        max={3600}
        defaultValue={start.rotate}
      />
    </>
  );
}

import type { DisplaySettingsText } from "@/lib/contract/display-settings-text";

import { SelectField, TextField } from "../ui/field";
import { EndpointPicker } from "./endpoint-picker";

const themes = {
  auto: "same as the screen’s system, and dark from 22:00 to 6:00",
  system: "same as the screen’s system, at night too",
  light: "light",
  dark: "dark",
};

/** Form fields for what a screen shows. `fromDisplaySettingsFields` reads them by name. */
export function DisplaySettingsFields({
  start,
  known,
}: {
  start: DisplaySettingsText;
  /** The endpoints that can be chosen. */
  known: readonly string[];
}) {
  return (
    <>
      <EndpointPicker start={start} known={known} />
      <SelectField label="Theme" name="theme" defaultValue={start.theme}>
        {Object.entries(themes).map(([theme, words]) => (
          <option key={theme} value={theme}>
            {words}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Turn pages every … seconds when names do not fit (empty: they are counted)"
        name="rotate"
        type="number"
        min={5}
        max={3600}
        defaultValue={start.rotate}
      />
    </>
  );
}

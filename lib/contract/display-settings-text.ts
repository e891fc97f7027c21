import type { DisplaySettings } from "./screen";

/** What a screen shows, as people type it: an empty line is everything, or one page. */
export type DisplaySettingsText = { endpoints: string; theme: string; rotate: string };

/** The typed form of what a screen shows. */
export function toDisplaySettingsText({
  endpointIds,
  theme,
  rotateSeconds,
}: DisplaySettings): DisplaySettingsText {
  return {
    endpoints: endpointIds?.join(", ") ?? "",
    theme,
    rotate: rotateSeconds === null ? "" : String(rotateSeconds),
  };
}

/**
 * What typed text asks a screen to show, from the fields of a form. It is still to be parsed: the theme may be none,
 * and the seconds no number.
 */
export function fromDisplaySettingsFields(fields: { get: (name: keyof DisplaySettingsText) => unknown }) {
  const textOf = (name: keyof DisplaySettingsText) => {
    const value = fields.get(name);
    return typeof value === "string" ? value : "";
  };
  const ids = textOf("endpoints")
    .split(/[\s,]+/)
    .filter((id) => id !== "");
  const rotate = textOf("rotate");
  return {
    endpointIds: ids.length === 0 ? null : ids,
    theme: textOf("theme"),
    rotateSeconds: rotate === "" ? null : Number(rotate),
  };
}

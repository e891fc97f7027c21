import type { DisplaySettings } from "./screen";

/** Display settings as typed in a form; empty: every endpoint, no rotation. */
export type DisplaySettingsText = { endpoints: string; theme: string; rotate: string };

/** Display settings → the text of a form. */
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

/** The fields of a form → display settings that still have to be parsed: theme and seconds may be invalid. */
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

import type { DisplaySettings } from "./screen";

/**
 * Display settings in a form: the chosen endpoints if `scope` is `some`, and the theme, where `system` is `auto` that
 * does not turn dark at night. An empty `rotate` is no rotation.
 */
export type DisplaySettingsText = {
  scope: "all" | "some";
  endpoints: readonly string[];
  theme: string;
  rotate: string;
};

/** Display settings → the text of a form. */
export function toDisplaySettingsText({
  endpointIds,
  theme,
  rotateSeconds,
  night,
}: DisplaySettings): DisplaySettingsText {
  return {
    scope: endpointIds === null ? "all" : "some",
    endpoints: endpointIds ?? [],
    theme: theme === "auto" && !night ? "system" : theme,
    rotate: rotateSeconds === null ? "" : String(rotateSeconds),
  };
}

type Fields = { getAll: (name: keyof DisplaySettingsText) => readonly unknown[] };

/** The fields of a form → display settings that still have to be parsed: any of them may be invalid. */
export function fromDisplaySettingsFields(fields: Fields) {
  const textsOf = (name: keyof DisplaySettingsText) =>
    fields.getAll(name).filter((value) => typeof value === "string");
  const [scope, theme, rotate = ""] = [textsOf("scope")[0], textsOf("theme")[0], textsOf("rotate")[0]];
  return {
    endpointIds: scope === "some" ? textsOf("endpoints") : null,
    theme: theme === "system" ? "auto" : theme,
    rotateSeconds: rotate === "" ? null : Number(rotate),
    night: theme !== "system",
  };
}

import { displaySettingsSchema, type DisplaySettings } from "./screen";

type Query = Readonly<Record<string, string | string[] | undefined>>;

const everything: DisplaySettings = { endpointIds: null, theme: "auto", rotateSeconds: null, night: true };

/**
 * Display settings from the wall's address, `?endpoints=a,b&theme=dark&rotate=30&night=off`. Invalid values are ignored.
 * Also takes what a form sends: one `endpoints` for each tick, which `scope=all` overrules.
 */
export function parseDisplaySettings(query: Query): DisplaySettings {
  const ids = [query["scope"] === "all" ? [] : (query["endpoints"] ?? [])]
    .flat()
    .flatMap((each) => each.split(","))
    .filter((id) => id !== "");
  const asked = {
    ...(ids.length === 0 ? {} : { endpointIds: ids }),
    ...(query["theme"] === undefined ? {} : { theme: textOf(query["theme"]) }),
    ...(query["night"] === "off" ? { night: false } : {}),
    ...(query["rotate"] === undefined ? {} : { rotateSeconds: Number(textOf(query["rotate"])) }),
  };
  return Object.entries(asked).reduce<DisplaySettings>((displaySettings, [name, value]) => {
    const parsed = displaySettingsSchema.safeParse({ ...displaySettings, [name]: value });
    return parsed.success ? parsed.data : displaySettings;
  }, everything);
}

function textOf(value: string | string[] | undefined): string {
  return typeof value === "string" ? value : "";
}

import { screenShowsSchema, type ScreenShows } from "./screen";

type Query = Readonly<Record<string, string | string[] | undefined>>;

const everything: ScreenShows = { endpointIds: null, theme: "auto", rotateSeconds: null };

/** What the wall's address asks for: `?endpoints=a,b&theme=dark&rotate=30`. What cannot be read counts as unsaid. */
export function parseShows(query: Query): ScreenShows {
  const ids = textOf(query["endpoints"])
    .split(",")
    .filter((id) => id !== "");
  const asked = {
    ...(ids.length === 0 ? {} : { endpointIds: ids }),
    ...(query["theme"] === undefined ? {} : { theme: textOf(query["theme"]) }),
    ...(query["rotate"] === undefined ? {} : { rotateSeconds: Number(textOf(query["rotate"])) }),
  };
  return Object.entries(asked).reduce<ScreenShows>((shows, [name, value]) => {
    const parsed = screenShowsSchema.safeParse({ ...shows, [name]: value });
    return parsed.success ? parsed.data : shows;
  }, everything);
}

function textOf(value: string | string[] | undefined): string {
  return typeof value === "string" ? value : "";
}

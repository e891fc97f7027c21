import "server-only";

import { existsSync, readdirSync } from "node:fs";

import { basePath } from "@/lib/contract/base-path";
import { isDevelopment } from "@/lib/server/config/settings";

/**
 * The `Link` header of a page, from that of Next, which names the fonts, and the style sheet only if it was drawn soon
 * enough. The style sheet comes first: the browser requests it before it has read the page's HTML.
 */
export function toFirstLoads(link: string, styleSheet: string | null): string {
  if (styleSheet === null) return link;
  const others = link.split(", ").filter((each) => !each.startsWith(`<${styleSheet}>`));
  return [`<${styleSheet}>; rel=preload; as="style"`, ...others].join(", ");
}

/** The path of the build's only style sheet; null if it has several, which not every page needs. */
export function findStyleSheet(): string | null {
  const directory = ".next/static/chunks";
  if (isDevelopment || !existsSync(/* turbopackIgnore: true */ directory)) return null;
  const files = readdirSync(/* turbopackIgnore: true */ directory);
  const names = files.filter((name) => name.endsWith(".css"));
  return names.length === 1 ? `${basePath}/_next/static/chunks/${names[0] ?? ""}` : null;
}

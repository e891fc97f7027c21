import { basePath, belowBase } from "@/lib/contract/base-path";
import { minute, type Duration } from "@/lib/domain/instant";

/** What of a link, and of a click on it, decides who follows it. */
export type Link = Pick<HTMLAnchorElement, "href" | "target" | "download">;
export type Click = Pick<
  MouseEvent,
  "button" | "metaKey" | "ctrlKey" | "shiftKey" | "altKey" | "defaultPrevented"
>;

/** The address, for the router, that a clicked link opens without a new document; null if the browser has to follow it. */
export function toClientAddress(link: Link, click: Click, here: string, age: Duration): string | null {
  const { button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented } = click;
  if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey || defaultPrevented) return null;
  if (!["", "_self"].includes(link.target) || link.download !== "") return null;
  return withinDocument(link.href, here, age);
}

/** Pages with the same header and the same access. */
const sharedHeader = /^\/($|endpoints\/|(?:account|audit|pair|people|screens)$)/;
/** An older document is replaced by the next one, with a newer header: links, account, failing checks, build. */
const oldest: Duration = 5 * minute;

/**
 * The address, for the router (below `base`), of a page that can replace the one at `here` without a new document, whose
 * age is `age`; null for the pages of others (walls, guests, signing in), for the doctor's checks, which the header
 * repeats, and for places on this page.
 */
export function withinDocument(href: string, here: string, age: Duration, base = basePath): string | null {
  const [from, to] = [new URL(here), new URL(href, here)];
  if (age > oldest || from.origin !== to.origin) return null;
  const [path, next] = [belowBase(from.pathname, base), belowBase(to.pathname, base)];
  if (path === null || next === null || (path === next && from.search === to.search)) return null;
  return sharedHeader.test(path) && sharedHeader.test(next) ? `${next}${to.search}${to.hash}` : null;
}

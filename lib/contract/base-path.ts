/**
 * The path under which this build is served, such as `/rollcall`; empty at the root of its host. The build fixes it
 * (next.config.js puts it in place of the variable), and a start under another path is refused.
 */
export const basePath = process.env["ROLLCALL_BASE_PATH"] ?? "";

/** The base path in a public address: empty for the root of a host. */
export function toBasePath({ pathname }: URL): string {
  return pathname === "/" ? "" : pathname;
}

/**
 * A path, with its query and hash, as routes know it: `/rollcall/wall` is `/wall` under `/rollcall`. Null for a path
 * outside of `base`. Next's router and redirects take such paths, and add the base path themselves.
 */
export function belowBase(path: string, base = basePath): string | null {
  if (base === "") return path;
  if (!path.startsWith(base)) return null;
  const rest = path.slice(base.length);
  if (rest.startsWith("/")) return rest;
  return /^(?:[?#]|$)/.test(rest) ? `/${rest}` : null;
}

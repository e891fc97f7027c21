import "server-only";

/** The path, query and hash of a return address on this server; "/" for any other address, which prevents open redirects. */
export function toOwnAddress(address: string | null, publicUrl: URL): string {
  if (address === null || !URL.canParse(address, publicUrl)) return "/";
  const { origin, pathname, search, hash } = new URL(address, publicUrl);
  // On its own, a path that begins with two slashes would name another host.
  return origin !== publicUrl.origin || pathname.startsWith("//") ? "/" : `${pathname}${search}${hash}`;
}

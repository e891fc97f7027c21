import "server-only";

/**
 * The path, query and hash of an address that is ours, to go back to after a sign-in; the front page for every
 * other address, however it is written.
 */
export function toOwnAddress(address: string | null, publicUrl: URL): string {
  if (address === null || !URL.canParse(address, publicUrl)) return "/";
  const { origin, pathname, search, hash } = new URL(address, publicUrl);
  // A path that begins with two slashes would be another host once it stands alone.
  return origin !== publicUrl.origin || pathname.startsWith("//") ? "/" : `${pathname}${search}${hash}`;
}

import "server-only";

/** Tells next-auth under which address its answers come back; it reads that from the environment alone. */
export function announceOwnAddress(publicUrl: URL): void {
  process.env["NEXTAUTH_URL"] = new URL("/api/auth", publicUrl).href;
}

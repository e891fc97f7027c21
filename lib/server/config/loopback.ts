import "server-only";

import { parseIpAddress } from "./ip-address";

/** Whether a host name or address (IPv6 with or without brackets) can only mean this machine. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase();
  if (name === "localhost" || name.endsWith(".localhost")) return true;
  return parseIpAddress(host)?.range() === "loopback";
}

import "server-only";

import { isWithin, parseIpNetwork, type IpAddress } from "./ip-address";

export type TrustedProxies = { isTrusted: (address: IpAddress) => boolean };

/** Addresses and networks (`10.0.0.0/8`) whose X-Forwarded-For is believed; null when one of them is neither. */
export function parseTrustedProxies(entries: readonly string[]): TrustedProxies | null {
  const parsed = entries.map(parseIpNetwork);
  const networks = parsed.filter((network) => network !== null);
  if (networks.length < parsed.length) return null;
  return { isTrusted: (address) => networks.some((network) => isWithin(address, network)) };
}

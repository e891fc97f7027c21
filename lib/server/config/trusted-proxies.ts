import "server-only";

import { BlockList, isIP } from "node:net";

export type TrustedProxies = { isTrusted: (address: string) => boolean };

/** Addresses and networks (`10.0.0.0/8`) whose X-Forwarded-For is believed; null when one of them is neither. */
export function parseTrustedProxies(entries: readonly string[]): TrustedProxies | null {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", bits, ...more] = entry.split("/");
    const family = isIP(address);
    const longest = family === 4 ? 32 : 128;
    if (family === 0 || more.length > 0) return null;
    if (bits === undefined) list.addAddress(address, toFamily(family));
    else if (/^\d{1,3}$/.test(bits) && Number(bits) <= longest)
      list.addSubnet(address, Number(bits), toFamily(family));
    else return null;
  }
  return {
    isTrusted: (address) => {
      const plain = toPlainAddress(address);
      const family = isIP(plain);
      return family !== 0 && list.check(plain, toFamily(family));
    },
  };
}

function toFamily(family: number): "ipv4" | "ipv6" {
  return family === 4 ? "ipv4" : "ipv6";
}

/** An IPv4 address that a listener on IPv6 writes as one of its own. */
export function toPlainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}

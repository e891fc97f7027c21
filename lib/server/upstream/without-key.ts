import "server-only";

const shortestKey = 8;

/**
 * Redacts the management key from a reply that echoes it, because replies are stored and shown. Ignores values that are
 * shorter than any key: they could occur in any reply.
 */
export function withoutKey(bytes: Buffer, key: string): Buffer {
  if (key.length < shortestKey) return bytes;
  // One character per byte, so that bytes that are not UTF-8 stay unchanged.
  const text = bytes.toString("latin1");
  const redacted = text.replace(new RegExp(Array.from(key, toSpellings).join(""), "g"), "[redacted]");
  return redacted === text ? bytes : Buffer.from(redacted, "latin1");
}

/** A pattern for every way in which JSON can write this character. */
function toSpellings(character: string): string {
  const [high = "", low = ""] = character.charCodeAt(0).toString(16).padStart(2, "0");
  const escaped = `\\\\u00${high}[${low}${low.toUpperCase()}]`;
  const plain = `\\x${high}${low}`;
  return `(?:${/["\\/]/.test(character) ? `\\\\?${plain}` : plain}|${escaped})`;
}

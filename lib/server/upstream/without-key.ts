import "server-only";

const shortestKey = 8;

/**
 * A reply without the management key, should it echo what it was asked with: replies are kept and
 * shown. Shorter values than any key has are left alone, since they would be found in every reply.
 */
export function withoutKey(bytes: Buffer, key: string): Buffer {
  if (key.length < shortestKey) return bytes;
  // A character for each byte: what is no UTF-8 stays as it came.
  const text = bytes.toString("latin1");
  const redacted = text.replace(new RegExp(Array.from(key, toSpellings).join(""), "g"), "[redacted]");
  return redacted === text ? bytes : Buffer.from(redacted, "latin1");
}

/** A pattern of every way in which JSON can spell this character. */
function toSpellings(character: string): string {
  const [high = "", low = ""] = character.charCodeAt(0).toString(16).padStart(2, "0");
  const escaped = `\\\\u00${high}[${low}${low.toUpperCase()}]`;
  const plain = `\\x${high}${low}`;
  return `(?:${/["\\/]/.test(character) ? `\\\\?${plain}` : plain}|${escaped})`;
}

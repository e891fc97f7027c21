import "server-only";

const shortestKey = 8;

/**
 * A reply without the management key, should it echo what it was asked with: replies are kept and
 * shown. Shorter values than any key has are left alone, since they would be found in every reply.
 */
export function withoutKey(bytes: Buffer, key: string): Buffer {
  const spellings = [key, JSON.stringify(key).slice(1, -1)].filter((spelling) => bytes.includes(spelling));
  if (spellings.length === 0 || key.length < shortestKey) return bytes;
  return Buffer.from(
    spellings.reduce((text, spelling) => text.replaceAll(spelling, "[redacted]"), bytes.toString("utf8")),
  );
}

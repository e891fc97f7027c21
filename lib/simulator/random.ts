/** Returns a generator of numbers in [0, 1); the same label always yields the same sequence. */
export function seededRandom(label: string): () => number {
  let state = hash(label);
  return () => {
    // mulberry32: small, fast, and good enough for jitter.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Returns a version-4-shaped UUID that depends on the label alone. */
export function seededUuid(label: string): string {
  const random = seededRandom(`uuid/${label}`);
  const hex = Array.from({ length: 32 }, (_, index) => {
    const nibble = Math.floor(random() * 16);
    if (index === 12) return "4";
    return (index === 16 ? (nibble & 3) | 8 : nibble).toString(16);
  }).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

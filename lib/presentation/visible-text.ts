/** A piece of text, or the visible escape of a character that must not take effect. */
export type VisiblePiece = { text: string; isEscape: boolean };

/**
 * Characters without a glyph that change how text is shown: controls, formatting and direction marks, lone
 * surrogates, private use, line and paragraph separators. Line feed and tab are allowed.
 */
const acting = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]/u;
const split = new RegExp(`(${acting.source})`, "u");

/** Text from outside, in pieces, with every such character replaced by its escape, such as `\u202E`. */
export function toVisiblePieces(text: string): VisiblePiece[] {
  return text
    .split(split)
    .filter((piece) => piece !== "")
    .map((piece) =>
      acting.test(piece) ? { text: toName(piece), isEscape: true } : { text: piece, isEscape: false },
    );
}

/** The same as one string, for places without styling. */
export function toVisibleText(text: string): string {
  return toVisiblePieces(text)
    .map((piece) => piece.text)
    .join("");
}

function toName(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  return code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`;
}

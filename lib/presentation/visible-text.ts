/** A stretch of text to show as it is, or the visible name of a character that must not be obeyed. */
export type VisiblePiece = { text: string; isEscape: boolean };

/**
 * Characters that act instead of showing: controls, formatting and direction marks, lone surrogates,
 * private use, line and paragraph separators. Line feed and tab are let through: they only lay out.
 */
const acting = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]/u;
const split = new RegExp(`(${acting.source})`, "u");

/** Text from outside, in pieces, with every acting character made visible as its escape, such as `\u202E`. */
export function toVisiblePieces(text: string): VisiblePiece[] {
  return text
    .split(split)
    .filter((piece) => piece !== "")
    .map((piece) =>
      acting.test(piece) ? { text: toName(piece), isEscape: true } : { text: piece, isEscape: false },
    );
}

/** The same as one string, where no styling is possible. */
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

import { toVisiblePieces } from "@/lib/presentation/visible-text";

/** Text from outside. Characters without a glyph are shown as escapes, in a quiet style. */
export function Verbatim({ text }: { text: string }) {
  return toVisiblePieces(text).map((piece, index) =>
    piece.isEscape ? (
      <span key={index} className="rounded-xs bg-sunken px-[0.15em] text-quiet">
        {piece.text}
      </span>
    ) : (
      <bdi key={index}>{piece.text}</bdi>
    ),
  );
}

"use client";

import { sentenceChangesAt, sentenceText, type Part, type Sentence } from "@/lib/presentation/sentence-text";

import { Moment } from "./moment";
import { TickingText, toShape } from "./ticking";
import { Verbatim } from "./verbatim";

/**
 * A sentence whose moments are in the viewer's time zone and whose durations tick. Each piece is an element: a browser
 * that translates the page replaces text nodes, and React would keep writing into the old ones.
 */
export function SentenceText({ sentence }: { sentence: Sentence }) {
  return toPieces(sentence).map((piece, index) => <PieceText key={index} piece={piece} />);
}

/** A moment, a quote, or everything between two of them. */
type Piece = Part[];

function PieceText({ piece }: { piece: Piece }) {
  const [part] = piece;
  if (typeof part === "object" && "at" in part) return <Moment at={part.at} />;
  if (typeof part === "object" && "quote" in part) {
    return (
      <q className="break-words">
        <Verbatim text={part.quote} />
      </q>
    );
  }
  return <Written piece={piece} />;
}

/** Text and durations in one text node, which grows at its end. */
function Written({ piece }: { piece: Piece }) {
  const tell = (now: number) => sentenceText(piece, { now, moment: String });
  if (piece.every((part) => typeof part === "string")) return <span key={toShape(tell(0))}>{tell(0)}</span>;
  return <TickingText tell={tell} changesAt={(now) => sentenceChangesAt(piece, now)} />;
}

function toPieces(sentence: Sentence): Piece[] {
  return sentence.reduce<Piece[]>((pieces, part) => {
    const last = pieces.at(-1);
    if (last === undefined || isSeparate(part) || last.some(isSeparate)) return [...pieces, [part]];
    return [...pieces.slice(0, -1), [...last, part]];
  }, []);
}

function isSeparate(part: Part): boolean {
  return typeof part === "object" && ("at" in part || "quote" in part);
}

import type { Part, Sentence } from "@/lib/presentation/sentence-text";

import { Moment } from "./moment";
import { Since, Until } from "./ticking";
import { Verbatim } from "./verbatim";

/**
 * A sentence whose moments are in the viewer's time zone and whose durations tick. Each part is an element: a browser
 * that translates the page replaces text nodes, and React would keep writing into the old ones.
 */
export function SentenceText({ sentence }: { sentence: Sentence }) {
  return sentence.map((part, index) => <PartText key={index} part={part} />);
}

function PartText({ part }: { part: Part }) {
  if (typeof part === "string") return <span>{part}</span>;
  if ("at" in part) return <Moment at={part.at} />;
  if ("since" in part) return <Since at={part.since} />;
  if ("until" in part) return <Until at={part.until} />;
  return (
    <q className="break-words">
      <Verbatim text={part.quote} />
    </q>
  );
}

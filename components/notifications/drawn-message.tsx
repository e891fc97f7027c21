import type { DrawnMessage } from "@/lib/contract/drawn-message";

import { Verbatim } from "../ui/verbatim";

/** A message as the program of its channel draws it, in its structure, not in its colors. */
export function MessageDrawing({ message }: { message: DrawnMessage }) {
  const { program, head, paragraphs, buttons } = message;
  return (
    <div className="max-w-[44rem] border border-line bg-ground p-4">
      {head.length === 0 ? (
        <p className="mb-1 text-caption text-quiet">
          <strong className="font-medium text-ink">Rollcall</strong> in {program}
        </p>
      ) : (
        <div className="mb-3 border-b border-line pb-3 text-caption text-quiet">
          {head.map((line) => (
            <p key={line} className="wrap-anywhere">
              <Verbatim text={line} />
            </p>
          ))}
        </div>
      )}
      {paragraphs.map((runs, index) => (
        <p key={index} className="mt-1 wrap-anywhere whitespace-pre-line">
          {runs.map(({ text, look }, nth) => (
            <span key={nth} className={looks[look]}>
              {text}
            </span>
          ))}
        </p>
      ))}
      {buttons.length > 0 && (
        <p className="mt-3 flex flex-wrap gap-3 text-caption">
          {buttons.map((title) => (
            <span key={title} className="border border-line-strong px-2.5 py-1">
              {title}
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

const looks: Readonly<Record<DrawnMessage["paragraphs"][number][number]["look"], string>> = {
  plain: "",
  strong: "font-medium",
  link: "underline decoration-line-strong underline-offset-4",
  quiet: "text-caption text-quiet",
  code: "block bg-sunken px-3 py-1.5 font-mono text-caption",
};

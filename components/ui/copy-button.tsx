"use client";

import { useRef, useState } from "react";

import { SelectedText } from "./selected-text";
import { TextButton } from "./text-button";

type Outcome =
  | { kind: "idle" | "copied" }
  /** The browser does not allow copying, as on plain http beyond loopback: the text is shown instead. */
  | { kind: "shown"; text: string }
  /** The text could not be fetched. */
  | { kind: "failed"; message: string };

const shownFor = { copied: 2_000, failed: 10_000 } as const;

/**
 * Copies a text, which may have to be fetched first. If the browser refuses, the text is shown selected, to be copied
 * by hand; if it cannot be fetched, the reason is shown.
 */
export function CopyButton({ text, what }: { text: string | (() => Promise<string>); what: string }) {
  const [outcome, setOutcome] = useState<Outcome>({ kind: "idle" });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const rest = () => setOutcome({ kind: "idle" });
  const show = (next: Outcome) => {
    setOutcome(next);
    clearTimeout(timer.current);
    if (next.kind === "copied" || next.kind === "failed")
      timer.current = setTimeout(rest, shownFor[next.kind]);
  };
  return (
    <>
      <TextButton
        onClick={() => void copy(text).then(show)}
        className="inline-block min-w-[3.5rem] text-left"
      >
        <span>{outcome.kind === "copied" ? "Copied" : "Copy"}</span>
        <span className="sr-only">{` ${what}`}</span>
      </TextButton>
      {outcome.kind === "failed" && <span role="alert">{`Not copied. ${outcome.message}`}</span>}
      {outcome.kind === "shown" && (
        <SelectedText
          text={outcome.text}
          what={what}
          onCopied={() => show({ kind: "copied" })}
          onClose={rest}
        />
      )}
    </>
  );
}

async function copy(text: string | (() => Promise<string>)): Promise<Outcome> {
  let copied: string;
  try {
    copied = typeof text === "string" ? text : await text();
  } catch (error) {
    return { kind: "failed", message: error instanceof Error ? error.message : "Try again." };
  }
  try {
    await navigator.clipboard.writeText(copied);
    return { kind: "copied" };
  } catch {
    return { kind: "shown", text: copied };
  }
}

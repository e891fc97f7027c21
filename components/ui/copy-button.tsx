"use client";

import { clsx } from "clsx";
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
 * by hand; if it cannot be fetched, the reason is shown. `what` is read
 * aloud, and visible too where the button stands alone.
 */
export function CopyButton({
  text,
  what,
  isAlone = false,
}: {
  text: string | (() => Promise<string>);
  what: string;
  isAlone?: boolean;
}) {
  const [outcome, setOutcome] = useState<Outcome>({ kind: "idle" });
  const isCopied = outcome.kind === "copied";
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
        className={clsx("inline-block text-left", isAlone ? "min-w-[5.75em]" : "min-w-[3.5rem]")}
      >
        <span>{isCopied ? "Copied" : "Copy"}</span>
        <span className={clsx((isCopied || !isAlone) && "sr-only")}>{` ${what}`}</span>
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

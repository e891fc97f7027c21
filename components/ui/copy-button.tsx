"use client";

import { useRef, useState } from "react";

import { TextButton } from "./text-button";

const words = { idle: "Copy", copied: "Copied", refused: "Press Ctrl+C" } as const;
const shownFor = 2_000;

/**
 * Copies a text, or one that has to be fetched first, with one click and says so; where the browser
 * refuses, it says what to do.
 */
export function CopyButton({ text, what }: { text: string | (() => Promise<string>); what: string }) {
  const [outcome, setOutcome] = useState<keyof typeof words>("idle");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tell = (told: keyof typeof words) => {
    setOutcome(told);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOutcome("idle"), shownFor);
  };
  const copy = () => {
    copyText(text).then(
      () => tell("copied"),
      () => tell("refused"),
    );
  };
  return (
    <TextButton onClick={copy} className="inline-block min-w-[3.5rem] text-left">
      {words[outcome]}
      <span className="sr-only"> {what}</span>
    </TextButton>
  );
}

/** Rejects where there is no clipboard, as on plain http beyond loopback. */
async function copyText(text: string | (() => Promise<string>)): Promise<void> {
  await navigator.clipboard.writeText(typeof text === "string" ? text : await text());
}

"use client";

import { useEffect, useRef, type KeyboardEvent } from "react";

import { TextButton } from "./text-button";

/** A text that the browser does not allow a page to copy, selected at the bottom of the window until it is copied. */
export function SelectedText({
  text,
  what,
  onCopied,
  onClose,
}: {
  text: string;
  what: string;
  onCopied: () => void;
  onClose: () => void;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.select(), []);
  const close = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
  };
  return (
    <div
      role="group"
      aria-label={`Copy by hand: ${what}`}
      onKeyDown={close}
      className="fixed inset-x-4 bottom-4 z-20 mx-auto max-w-[44rem] border border-ink bg-ground p-4 text-body text-ink print:hidden"
    >
      <p>
        This browser does not allow copying from this address. The text is selected: press Ctrl+C, or ⌘C on a
        Mac.
      </p>
      <textarea
        ref={field}
        readOnly
        value={text}
        rows={4}
        aria-label={what}
        onCopy={onCopied}
        className="mt-3 block w-full border border-line-strong p-2 font-mono text-caption"
      />
      <TextButton className="mt-3" onClick={onClose}>
        Close
      </TextButton>
    </div>
  );
}

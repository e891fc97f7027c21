"use client";

import { useCallback, useEffect, useRef, type RefObject } from "react";

import { TextButton } from "../ui/text-button";

const keys = [
  ["/", "search"],
  ["↓ ↑", "move between endpoints"],
  ["Enter", "open the endpoint"],
  ["?", "show this"],
  ["Esc", "close this"],
] as const;

/** Opens the keyboard shortcuts, at `?` too. */
export function useFleetHelp(): { dialog: RefObject<HTMLDialogElement | null>; show: () => void } {
  const dialog = useRef<HTMLDialogElement>(null);
  const show = useCallback(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  useEffect(() => {
    const obey = ({ key, target }: KeyboardEvent) => {
      const isTyping = target instanceof Element && target.matches("input, select, textarea");
      if (key === "?" && !isTyping) show();
    };
    document.addEventListener("keydown", obey);
    return () => {
      document.removeEventListener("keydown", obey);
    };
  }, [show]);
  return { dialog, show };
}

/** The keyboard shortcuts, in a dialog that the browser closes on Esc. */
export function FleetHelp({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) {
  return (
    <dialog
      ref={dialog}
      aria-label="Keyboard shortcuts"
      className="m-auto w-80 max-w-[90vw] border border-ink bg-ground p-6 text-ink backdrop:bg-ground/80"
    >
      <h2 className="pb-3 text-lead">Keyboard shortcuts</h2>
      <dl className="grid grid-cols-[5rem_1fr] gap-y-1.5 pb-5">
        {keys.map(([key, meaning]) => (
          <div key={key} className="contents">
            <dt className="font-mono">{key}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <TextButton onClick={() => dialog.current?.close()}>Close</TextButton>
    </dialog>
  );
}

"use client";

import { useEffect, useRef } from "react";

import { TextButton } from "../ui/text-button";

const keys = [
  ["/", "search"],
  ["↓ ↑", "move between lines"],
  ["Enter", "open the endpoint"],
  ["?", "show this"],
  ["Esc", "close this"],
] as const;

/** The keyboard shortcuts, in a dialog that `?` or its button opens. The browser closes it on Esc. */
export function FleetHelp() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = () => {
    if (dialog.current?.open === false) dialog.current.showModal();
  };
  useEffect(() => {
    const obey = ({ key, target }: KeyboardEvent) => {
      const isTyping = target instanceof Element && target.matches("input, select, textarea");
      if (key === "?" && !isTyping) open();
    };
    document.addEventListener("keydown", obey);
    return () => {
      document.removeEventListener("keydown", obey);
    };
  }, []);
  return (
    <>
      <TextButton onClick={open}>Shortcuts</TextButton>
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
    </>
  );
}

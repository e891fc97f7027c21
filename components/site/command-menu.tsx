"use client";

import { clsx } from "clsx";
import { useQuery } from "@tanstack/react-query";
import { useTheme } from "next-themes";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";

import { fleetQuery } from "@/lib/client/queries";
import { apiPaths } from "@/lib/contract/paths";
import type { Viewer } from "@/lib/contract/session";
import { findEntries } from "@/lib/domain/find-entries";

import { StateShape } from "../ui/state-shape";
import { toCommands, type Command } from "./commands";
import type { PageLink } from "./page-links";

/** Endpoints listed before anything is typed, and entries listed at most. */
const atFirst = 6;
const atMost = 50;

/**
 * Finds endpoints, pages and actions by their words: a combobox with a list, after the ARIA Authoring Practices. The
 * browser's dialog keeps the focus inside and gives it back.
 */
export function CommandMenu({
  links,
  viewer,
  openPage,
  onClose,
}: {
  links: readonly PageLink[];
  viewer: Viewer;
  openPage: (href: string) => void;
  onClose: () => void;
}) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const signOut = useRef<HTMLFormElement>(null);
  const [query, setQuery] = useState("");
  const [place, setPlace] = useState(0);
  const [note, setNote] = useState("");
  const { setTheme } = useTheme();
  const { data, error } = useQuery(fleetQuery());
  const { endpoints, others } = toCommands({ links, viewer, fleet: data?.body ?? null });
  const isEmpty = query.trim() === "";
  const matching = isEmpty
    ? [...endpoints.slice(0, atFirst), ...others]
    : findEntries([...endpoints, ...others], query);
  const found = matching.slice(0, atMost);
  const chosen = Math.min(place, found.length - 1);

  useEffect(() => dialog.current?.showModal(), []);

  const run = ({ act }: Command) => {
    if (act.kind === "copy-link") {
      void copyLink().then(setNote);
      return;
    }
    dialog.current?.close();
    // The browser's own close event comes later, and would close a menu that was opened in between.
    onClose();
    if (act.kind === "open") openPage(act.href);
    else if (act.kind === "theme") setTheme(act.theme);
    else signOut.current?.submit();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const command = found[chosen];
    const next = nextPlace(event.key, chosen, found.length);
    if (next !== null) {
      setPlace(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && command !== undefined) run(command);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      aria-label="Find"
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
      className="command-menu"
    >
      <div className="flex max-h-[inherit] flex-col">
        <input
          role="combobox"
          aria-label="Find endpoints, pages and actions"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen < 0 ? undefined : `${id}-${chosen}`}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder="Endpoint, page or action"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setPlace(0);
          }}
          onKeyDown={onKeyDown}
          className="h-14 shrink-0 border-b border-ink bg-ground px-5 text-lead outline-none placeholder:text-quiet"
        />
        <ul id={`${id}-list`} role="listbox" aria-label="Found" className="min-h-0 overflow-y-auto py-2">
          {found.map((command, index) => (
            <Option
              key={`${command.hint} ${command.text}`}
              id={`${id}-${index}`}
              command={command}
              isChosen={index === chosen}
              onPoint={() => setPlace(index)}
              onRun={() => run(command)}
            />
          ))}
        </ul>
        <p role="status" className="shrink-0 border-t border-line px-5 py-2 text-caption text-quiet">
          {note !== ""
            ? note
            : toNote({ isEmpty, count: found.length, all: matching.length, problem: error?.message ?? null })}
        </p>
      </div>
      <form ref={signOut} method="post" action={apiPaths.signOut} hidden />
    </dialog>
  );
}

function Option({
  id,
  command: { text, hint, shape },
  isChosen,
  onPoint,
  onRun,
}: {
  id: string;
  command: Command;
  isChosen: boolean;
  onPoint: () => void;
  onRun: () => void;
}) {
  return (
    <li
      id={id}
      role="option"
      aria-selected={isChosen}
      data-state={shape ?? undefined}
      onPointerMove={onPoint}
      onClick={onRun}
      className={clsx("flex min-h-10 cursor-pointer items-center gap-3 px-5", isChosen && "bg-sunken")}
    >
      <span className="size-4 shrink-0 text-state">
        {shape !== null && <StateShape of={shape} className="size-4" />}
      </span>
      <span className={clsx("min-w-0 truncate", shape !== null && "font-mono")}>{text}</span>{" "}
      <span className="ml-auto shrink-0 text-caption text-quiet">{hint}</span>
    </li>
  );
}

/** Where a key leads in a list; null if it's no key of the list. Up and down go around. */
function nextPlace(key: string, place: number, count: number): number | null {
  if (count === 0) return null;
  if (key === "ArrowDown") return (place + 1) % count;
  if (key === "ArrowUp") return (place - 1 + count) % count;
  return null;
}

function toNote(state: { isEmpty: boolean; count: number; all: number; problem: string | null }): string {
  if (state.problem !== null) return state.problem;
  if (state.isEmpty) return "Arrow keys choose, Enter opens, Escape closes.";
  if (state.count === 0) return "Nothing is found. Try fewer letters.";
  return state.count < state.all
    ? `The first ${state.count} of ${state.all}. Type more to narrow them.`
    : `${state.count} found.`;
}

async function copyLink(): Promise<string> {
  try {
    await navigator.clipboard.writeText(location.href);
    return "Link copied.";
  } catch {
    return "The browser doesn’t allow copying here. Copy the address from its address bar.";
  }
}

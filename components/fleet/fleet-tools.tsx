import { useEffect, useRef } from "react";

import { pagePaths } from "@/lib/contract/paths";
import type { FleetChoice } from "@/lib/domain/fleet-choice";

import { TextButton } from "../ui/text-button";
import { StateChips } from "./state-chips";
import type { Line } from "./to-lines";
import type { ChangeChoice } from "./use-fleet-choice";
import { ViewMenu } from "./view-menu";

type ToolsProps = { lines: readonly Line[]; choice: FleetChoice; change: ChangeChoice; showHelp: () => void };

/** Search, filters and order, in one line. A plain form: without scripts, Enter submits it to the address. */
export function FleetTools({ showHelp, ...props }: ToolsProps) {
  const { choice, change } = props;
  return (
    <form
      role="search"
      action={pagePaths.fleet}
      aria-label="Endpoints"
      className="relative flex items-center gap-2 pb-2 max-sm:flex-wrap max-sm:gap-y-1 sm:gap-3"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <SearchField
        search={choice.search}
        change={(search) => {
          change({ search });
        }}
      />
      <StateChips {...props} />
      <ViewMenu {...props}>
        <p className="needs-scripts max-sm:hidden">
          <TextButton onClick={showHelp}>Keyboard shortcuts</TextButton>
        </p>
      </ViewMenu>
      {/* The other fields are in the form; these are chosen by links. */}
      {choice.status !== null && <input type="hidden" name="status" value={choice.status} />}
      {choice.quiet !== "some" && <input type="hidden" name="quiet" value={choice.quiet} />}
    </form>
  );
}

/** Uncontrolled: typing updates the address, and the address updates the field only while it isn't focused. */
function SearchField({ search, change }: { search: string; change: (search: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const { current } = input;
    if (current !== null && current !== document.activeElement) current.value = search;
  }, [search]);
  return (
    <div className="relative min-w-0 flex-1 sm:w-56 sm:flex-none">
      <input
        ref={input}
        type="search"
        name="search"
        aria-label="Search"
        aria-keyshortcuts="/"
        placeholder="Search"
        autoComplete="off"
        spellCheck={false}
        className="peer h-8 w-full rounded-xs border border-line-strong bg-ground px-2.5 text-body placeholder:text-quiet"
        defaultValue={search}
        onInput={({ currentTarget }) => {
          change(currentTarget.value);
        }}
      />
      <kbd
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 right-2 my-auto hidden h-5 rounded-xs border border-line px-1.5 font-mono text-caption leading-[1.1rem] text-quiet peer-focus:hidden sm:peer-placeholder-shown:not-peer-focus:block"
      >
        /
      </kbd>
    </div>
  );
}

import { clsx } from "clsx";
import { useEffect, useId, useRef, type ReactNode } from "react";

import { pagePaths } from "@/lib/contract/paths";
import { displayStates } from "@/lib/domain/display-state";
import type { FleetChoice } from "@/lib/domain/fleet-choice";
import { parseFleetChoice } from "@/lib/domain/fleet-choice";
import { displayStateWord } from "@/lib/presentation/state-words";

import { FleetHelp } from "./fleet-help";
import type { Line } from "./to-lines";

const field = "h-9 min-w-0 rounded-xs border border-line-strong bg-ground px-2.5 text-body";

/** Search, filters and sorting. A plain form: before hydration, Enter submits it to the address. */
export function FleetControls({
  lines,
  choice,
  change,
}: {
  lines: readonly Line[];
  choice: FleetChoice;
  change: (part: Partial<FleetChoice>) => void;
}) {
  const select = (name: Exclude<keyof FleetChoice, "search">, label: string, options: Options) => (
    <Labelled label={label}>
      {(id) => (
        <select
          id={id}
          name={name}
          className={`${field} max-sm:w-full`}
          value={choice[name] ?? ""}
          onChange={({ target }) => {
            change({ [name]: parseFleetChoice(() => target.value)[name] });
          }}
        >
          {options.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
  return (
    <form
      role="search"
      action={pagePaths.fleet}
      aria-label="Endpoints"
      className="grid grid-cols-3 items-end gap-x-3 gap-y-3 pb-6 sm:flex sm:flex-wrap sm:gap-x-4"
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
      {select("status", "Status", [["", "Any"], ...present(lines, choice)])}
      {select(
        "org",
        "Organization",
        namesOf(
          lines.map(({ org }) => org),
          choice.org,
        ),
      )}
      {select(
        "arch",
        "Architecture",
        namesOf(
          lines.map(({ arch }) => arch),
          choice.arch,
        ),
      )}
      {select("sort", "Sort by", [
        ["urgency", "Most urgent"],
        ["name", "Name"],
        ["age", "Latest change"],
      ])}
      {select("group", "Group by", [
        ["none", "None"],
        ["org", "Organization"],
        ["arch", "Architecture"],
      ])}
      {select("density", "Density", [
        ["roomy", "Roomy"],
        ["dense", "Dense"],
      ])}
      <span className="flex h-9 items-center max-sm:hidden">
        <FleetHelp />
      </span>
      <noscript>
        <button className="h-9 cursor-pointer underline">Apply</button>
      </noscript>
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
    <Labelled label="Search" isWide>
      {(id) => (
        <input
          ref={input}
          id={id}
          type="search"
          name="search"
          autoComplete="off"
          spellCheck={false}
          className={`${field} w-full sm:w-56`}
          defaultValue={search}
          onInput={({ currentTarget }) => {
            change(currentTarget.value);
          }}
        />
      )}
    </Labelled>
  );
}

type Options = readonly (readonly [value: string, word: string])[];

function Labelled({
  label,
  isWide = false,
  children,
}: {
  label: string;
  isWide?: boolean;
  children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <span className={clsx("flex max-w-full min-w-0 flex-col gap-1", isWide && "col-span-3")}>
      <label htmlFor={id} className="text-caption text-quiet">
        {label}
      </label>
      {children(id)}
    </span>
  );
}

/** The states that occur, and the chosen one even if it doesn't occur. */
function present(lines: readonly Line[], { status }: FleetChoice): Options {
  const found = new Set(lines.map(({ displayState }) => displayState));
  return displayStates
    .filter((displayState) => found.has(displayState) || displayState === status)
    .map((displayState) => [displayState, displayStateWord(displayState)]);
}

function namesOf(found: readonly (string | null)[], chosen: string): Options {
  const names = new Set(found.filter((name) => name !== null));
  if (chosen !== "") names.add(chosen);
  return [
    ["", "Any"],
    ...[...names].toSorted((a, b) => a.localeCompare(b)).map((name) => [name, name] as const),
  ];
}

import { useId, useRef, type ReactNode } from "react";

import { parseFleetChoice, type FleetChoice } from "@/lib/domain/fleet-choice";

import { Chevron } from "../ui/chevron";
import type { Line } from "./to-lines";
import type { ChangeChoice } from "./use-fleet-choice";

type Options = readonly (readonly [value: string, word: string])[];

/** Order, groups and density, and the organization and architecture if there are several. Works without scripts. */
export function ViewMenu({
  lines,
  choice,
  change,
  children,
}: {
  lines: readonly Line[];
  choice: FleetChoice;
  change: ChangeChoice;
  children: ReactNode;
}) {
  const details = useRef<HTMLDetailsElement>(null);
  const close = () => {
    if (details.current !== null) details.current.open = false;
  };
  const select = (name: "org" | "arch" | "sort" | "group" | "density", label: string, options: Options) => (
    <Choice
      name={name}
      label={label}
      options={options}
      value={choice[name]}
      change={(value) => {
        change({ [name]: parseFleetChoice(() => value)[name] });
      }}
    />
  );
  const orgs = namesOf(
    lines.map(({ org }) => org),
    choice.org,
  );
  const archs = namesOf(
    lines.map(({ arch }) => arch),
    choice.arch,
  );
  const isFiltered = choice.org !== "" || choice.arch !== "";
  return (
    <details
      ref={details}
      className="group flex-none"
      onKeyDown={({ key }) => {
        if (key !== "Escape" || details.current?.open !== true) return;
        close();
        details.current.querySelector("summary")?.focus();
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) close();
      }}
    >
      <summary className="flex h-8 cursor-pointer list-none items-center gap-1.5 rounded-xs border border-line-strong px-2.5 text-caption group-open:border-ink group-open:bg-sunken hover:border-ink">
        View
        {isFiltered && <span className="text-quiet">filtered</span>}
        <Chevron />
      </summary>
      {/* Focusable, so that a click on its ground isn't taken as leaving it. */}
      <div
        tabIndex={-1}
        className="absolute right-0 z-10 mt-1 grid w-72 max-w-full gap-3 border border-ink bg-ground p-4 outline-none"
      >
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
          ["roomy", "Comfortable"],
          ["dense", "Dense"],
        ])}
        {(orgs.length > 2 || choice.org !== "") && select("org", "Organization", orgs)}
        {(archs.length > 2 || choice.arch !== "") && select("arch", "Architecture", archs)}
        <noscript>
          <button className="h-8 cursor-pointer border border-ink px-3">Apply</button>
        </noscript>
        {children}
      </div>
    </details>
  );
}

function Choice({
  name,
  label,
  options,
  value,
  change,
}: {
  name: string;
  label: string;
  options: Options;
  value: string;
  change: (value: string) => void;
}) {
  const id = useId();
  return (
    <span className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-center">
      <label htmlFor={id} className="text-caption text-quiet">
        {label}
      </label>
      <select
        id={id}
        name={name}
        className="h-8 min-w-0 rounded-xs border border-line-strong bg-ground px-2 text-body"
        value={value}
        onChange={({ target }) => {
          change(target.value);
        }}
      >
        {options.map(([option, word]) => (
          <option key={option} value={option}>
            {word}
          </option>
        ))}
      </select>
    </span>
  );
}

/** “Any”, and each name once, with the chosen one even if it doesn't occur. */
function namesOf(found: readonly (string | null)[], chosen: string): Options {
  const names = new Set(found.filter((name) => name !== null));
  if (chosen !== "") names.add(chosen);
  return [
    ["", "Any"],
    ...[...names].toSorted((a, b) => a.localeCompare(b)).map((name) => [name, name] as const),
  ];
}

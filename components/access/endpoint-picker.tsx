"use client";

import { useMemo, useState } from "react";

import type { DisplaySettingsText } from "@/lib/contract/display-settings-text";

import { TextField } from "../ui/field";
import { Verbatim } from "../ui/verbatim";

/** Longer lists get a field to search them. */
const longList = 12;

const row = "flex min-h-8 items-center gap-2 px-3 has-checked:text-ink hover:bg-sunken";

/**
 * Chooses endpoints from a list: all of them, or the ticked ones, which stand first. `known` are the ids that can be
 * chosen; a chosen one that is not among them can only be removed. Without scripts it works too, except for the search.
 */
export function EndpointPicker({
  start: { scope, endpoints: chosen },
  known,
}: {
  start: Pick<DisplaySettingsText, "scope" | "endpoints">;
  known: readonly string[];
}) {
  const [search, setSearch] = useState("");
  const [count, setCount] = useState(chosen.length);
  const [first] = useState(chosen);
  const ids = useMemo(() => [...new Set([...first, ...known.toSorted()])], [first, known]);
  const isKnown = useMemo(() => new Set(known), [known]);
  const wanted = search.trim().toLowerCase();
  const found = ids.filter((id) => id.toLowerCase().includes(wanted)).length;
  return (
    <fieldset className="group">
      <legend className="text-caption text-quiet">Endpoints</legend>
      <label className="flex min-h-8 items-center gap-2">
        <input type="radio" name="scope" value="all" defaultChecked={scope === "all"} />
        All, and new ones as they appear
      </label>
      <label className="flex min-h-8 items-center gap-2">
        <input type="radio" name="scope" value="some" defaultChecked={scope === "some"} />
        <span>
          Only these
          <span className="hidden group-has-[[value=some]:checked]:inline">{`: ${count} chosen`}</span>
        </span>
      </label>
      <div className="mt-1 hidden gap-2 group-has-[[value=some]:checked]:grid">
        {ids.length > longList && (
          <TextField
            label="Search"
            type="search"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
        )}
        <ul
          className="max-h-64 overflow-y-auto border border-line-strong py-1 text-quiet"
          onChange={({ currentTarget }) => setCount(currentTarget.querySelectorAll(":checked").length)}
        >
          {ids.map((id) => (
            <li key={id} hidden={!id.toLowerCase().includes(wanted)} className="picker-line">
              <label className={row}>
                <input type="checkbox" name="endpoints" value={id} defaultChecked={first.includes(id)} />
                <span className="min-w-0 font-mono text-caption break-all">
                  <Verbatim text={id} />
                </span>
                {!isKnown.has(id) && known.length > 0 && (
                  <span className="text-caption whitespace-nowrap">not watched now</span>
                )}
              </label>
            </li>
          ))}
          {found === 0 && (
            <li className="px-3 py-1 text-caption">
              {ids.length === 0 ? "No endpoints are watched yet." : "No endpoint matches."}
            </li>
          )}
        </ul>
      </div>
    </fieldset>
  );
}

import { clsx } from "clsx";
import { useMemo } from "react";

import type { FleetChoice } from "@/lib/domain/fleet-choice";
import { countStates } from "@/lib/domain/state-filter";
import { stateFilterWord } from "@/lib/presentation/state-words";

import { StateShape } from "../ui/state-shape";
import { ChoiceLink } from "./choice-link";
import { Slide } from "./slide";
import type { Line } from "./to-lines";
import type { ChangeChoice } from "./use-fleet-choice";
import { useHeld } from "./use-held";

/** How many endpoints are in each state. A chip shows only these, and all again when it is chosen a second time. */
export function StateChips({
  lines,
  choice,
  change,
}: {
  lines: readonly Line[];
  choice: FleetChoice;
  change: ChangeChoice;
}) {
  const chosen = choice.status;
  const counted = useMemo(() => countStates(lines, [chosen]), [lines, chosen]);
  const [held, holding] = useHeld(counted, chosen);
  // No chip disappears under the pointer.
  const shown = useMemo(
    () => (held === null ? counted : countStates(lines, [chosen, ...held.map(({ filter }) => filter)])),
    [held, counted, lines, chosen],
  );
  return (
    <nav aria-label="States" className="min-w-0 flex-1 max-sm:order-1 max-sm:basis-full" {...holding}>
      <Slide order={shown} choice={choice}>
        <ul className="fading-line flex gap-1.5 max-sm:-mr-5">
          {shown.map(({ filter, count }) => (
            <li key={filter} data-slide="" data-state={filter} className="flex-none">
              <ChoiceLink
                choice={choice}
                change={change}
                part={{ status: filter === chosen ? null : filter }}
                isCurrent={filter === chosen}
                className={clsx(
                  "flex h-8 items-center gap-1.5 rounded-xs border px-2.5 text-caption whitespace-nowrap focus-visible:-outline-offset-2",
                  filter === chosen
                    ? "border-ink bg-sunken"
                    : "border-line text-quiet hover:border-line-strong hover:text-ink",
                )}
              >
                {filter !== "quiet" && <StateShape of={filter} className="size-3.5 text-state" />}
                <span>{stateFilterWord(filter)}</span> <span className="text-ink">{count}</span>
              </ChoiceLink>
            </li>
          ))}
        </ul>
      </Slide>
    </nav>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { useContext, useId } from "react";

import { rolloutsQuery } from "@/lib/client/queries";
import { useHydrated } from "@/lib/client/time/use-hydrated";
import { DrawnAt } from "@/lib/client/time/use-ticking";
import { writeLocal, writeUtc } from "@/lib/client/time/write-moment";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { displayStateWord } from "@/lib/presentation/state-words";
import { versionName } from "@/lib/presentation/version";
import { toVisibleText } from "@/lib/presentation/visible-text";

/** Chooses the rollout to compare with: one of the endpoint's newest, or an older one from the address. */
export function ComparisonPicker({
  endpointId,
  deploymentId,
  chosen,
  onChoose,
}: {
  endpointId: string;
  deploymentId: string;
  chosen: RolloutView | null;
  /** Called with an empty id for none. */
  onChoose: (deploymentId: string) => void;
}) {
  const { data } = useQuery(rolloutsQuery(endpointId, null));
  const id = useId();
  const newest = (data?.body.rollouts ?? []).filter((rollout) => rollout.deploymentId !== deploymentId);
  const isListed = chosen === null || newest.some((rollout) => rollout.deploymentId === chosen.deploymentId);
  const rollouts: readonly RolloutView[] = isListed ? newest : [...newest, chosen];
  if (rollouts.length === 0) return null;
  return (
    <span className="inline-flex max-w-full items-baseline gap-2">
      <label htmlFor={id}>Compare with</label>
      <select
        id={id}
        value={chosen?.deploymentId ?? ""}
        onChange={({ target }) => onChoose(target.value)}
        className="w-60 min-w-0 cursor-pointer border-b border-line-strong bg-ground py-1 text-ink"
      >
        <option value="">none</option>
        {rollouts.map((rollout) => (
          <RolloutOption key={rollout.deploymentId} rollout={rollout} />
        ))}
      </select>
    </span>
  );
}

function RolloutOption({ rollout }: { rollout: RolloutView }) {
  const drawnAt = useContext(DrawnAt);
  const isHydrated = useHydrated();
  const write = isHydrated ? writeLocal : writeUtc;
  const name = toVisibleText(versionName(rollout.version));
  return (
    <option value={rollout.deploymentId}>
      {`${name}, ${displayStateWord(rollout.displayState).toLowerCase()}, ${write(rollout.startedAt, drawnAt, "short")}`}
    </option>
  );
}

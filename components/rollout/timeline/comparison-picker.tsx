"use client";

import { useQuery } from "@tanstack/react-query";
import { useContext, useId } from "react";

import { rolloutsQuery } from "@/lib/client/queries/rollouts";
import { DrawnAt } from "@/lib/client/time/use-ticking";
import { useHydrated } from "@/lib/client/time/use-hydrated";
import { writeLocal, writeUtc } from "@/lib/client/time/write-moment";
import { toRolloutDisplay } from "@/lib/client/to-rollout-display";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { versionName } from "@/lib/domain/rollout-display";
import { displayStateWord, toDisplayState } from "@/lib/domain/display-state";
import { toVisibleText } from "@/lib/domain/visible-text";

/** Chooses the rollout to compare with, among the newest of the endpoint and the one that is chosen. */
export function ComparisonPicker({
  endpointId,
  deploymentId,
  chosen,
  onChoose,
}: {
  endpointId: string;
  deploymentId: string;
  chosen: RolloutView | null;
  onChoose: (deploymentId: string | null) => void;
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
        onChange={({ target }) => onChoose(target.value === "" ? null : target.value)}
        className="min-w-0 cursor-pointer border-b border-line-strong bg-ground py-1 text-ink"
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
  const display = toRolloutDisplay(rollout);
  const write = isHydrated ? writeLocal : writeUtc;
  const name = toVisibleText(versionName(display.version));
  return (
    <option value={rollout.deploymentId}>
      {`${name}, ${displayStateWord(toDisplayState(display)).toLowerCase()}, ${write(display.startedAt, drawnAt, "short")}`}
    </option>
  );
}

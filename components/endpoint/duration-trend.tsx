"use client";

import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";

import { rolloutQuery } from "@/lib/client/queries";
import { useTicking } from "@/lib/client/time/use-ticking";
import { useApiScope } from "@/lib/client/use-api-scope";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { moveApart } from "@/lib/domain/end-labels";
import { greatest, smallest } from "@/lib/domain/extremes";
import { second, stepDown, stepUp, type Duration } from "@/lib/domain/instant";
import { isUnderWay } from "@/lib/domain/rollout-status";
import { ageChangesAt, formatAge } from "@/lib/presentation/age";
import { formatLength } from "@/lib/presentation/duration";
import { versionName } from "@/lib/presentation/version";

import { Frame } from "../ui/frame";
import { Section } from "../ui/section";
import { Verbatim } from "../ui/verbatim";

type Durations = NonNullable<RolloutDetail["durations"]>;

/** Fewer than this say nothing about a trend. */
const fewest = 2;
/** Bars have at least as much room as the line below them needs. */
const fewestPlaces = 9;
/** One that takes longer than this many times the longest is cut off at the top. */
const mostAbove = 1.5;
const leastStep = 5 * second;
/** One line of caption text, as a share of the bars' height. */
const lineHeight = 0.21;

/**
 * How long this rollout and those before it took, as bars from the oldest to the newest, so that one sees whether they
 * are getting slower. One that is under way is drawn as far as it has come.
 */
export function DurationTrend({ rollout, isLive }: { rollout: RolloutView; isLive: boolean }) {
  const { data } = useQuery(rolloutQuery(useApiScope(), rollout.deploymentId));
  const durations = data?.body.durations;
  const isGoing = isLive && isUnderWay(rollout.status) && rollout.noLongerReportedSince === null;
  const usual = durations === undefined ? 0 : durations.usualSeconds * second;
  const step = toStep(usual);
  const soFar = useTicking<Duration | null>(
    (now) => (isGoing ? Math.max(0, stepDown(now - rollout.startedAt, step)) : null),
    (now) => (isGoing ? rollout.startedAt + stepUp(Math.max(0, now - rollout.startedAt), step) : Infinity),
  );
  const age = useTicking<string | null>(
    (now) => (isGoing ? formatAge(rollout.startedAt, now) : null),
    (now) => (isGoing ? ageChangesAt(rollout.startedAt, now) : Infinity),
  );
  return (
    <Section name="Durations">
      {/* As high with the first bars as before, so that nothing below moves. */}
      <div className="min-h-[14.5rem] sm:min-h-[12.5rem]">
        {durations === undefined || durations.rollouts.length < fewest ? (
          <div className="grid min-h-[inherit]">
            <Frame>
              Once Rollcall has seen two rollouts succeed, this shows how long they took, and whether they are
              getting slower.
            </Frame>
          </div>
        ) : (
          <>
            <Bars durations={durations} rollout={rollout} soFar={soFar} age={age} />
            <p className="mt-4 min-h-[3lh] max-w-[44rem] text-pretty sm:min-h-[2lh]">{durations.message}</p>
            <p className="mt-1 text-caption text-quiet">
              Rollouts that failed, were rolled back or were cancelled are left out.
            </p>
          </>
        )}
      </div>
    </Section>
  );
}

function Bars({
  durations: { rollouts, usualSeconds, message },
  rollout,
  soFar,
  age,
}: {
  durations: Durations;
  rollout: RolloutView;
  soFar: Duration | null;
  /** How long it has taken so far, in the same words as the headline. */
  age: string | null;
}) {
  const lengths = rollouts.map(({ seconds }) => seconds * second);
  const [shortest, longest] = [smallest(lengths) ?? 0, greatest(lengths) ?? 0];
  // One that is stuck would make the others too low to compare.
  const top = Math.max(second, longest, Math.min(soFar ?? 0, mostAbove * longest));
  const bars = rollouts.length + (soFar === null ? 0 : 1);
  const usual = usualSeconds * second;
  return (
    // With another bar it is another picture, and not the same one moved.
    <div key={bars} className="mr-36" style={{ maxWidth: `${Math.max(fewestPlaces, bars) * 1.5}rem` }}>
      <div role="img" aria-label={message} className="relative h-20 border-b border-line-strong">
        <span
          className="absolute inset-0 border-t border-dashed border-line-strong"
          style={{ transform: `translateY(${(1 - usual / top) * 100}%)` }}
        />
        <div className="absolute inset-0 flex justify-end gap-0.5 overflow-hidden sm:gap-1">
          {rollouts.map(({ deploymentId }, index) => (
            <Bar
              key={deploymentId}
              share={(lengths[index] ?? 0) / top}
              look={deploymentId === rollout.deploymentId ? "own" : "other"}
            />
          ))}
          {soFar !== null && (
            <Bar share={Math.min(1, soFar / top)} look={soFar > top ? "cut off" : "so far"} />
          )}
        </div>
        <Labels top={top} shortest={shortest} usual={usual} longest={longest} />
      </div>
      <p className="mt-1 flex justify-between gap-4 text-caption text-quiet">
        <span className="truncate">
          <Verbatim text={versionName(rollouts[0]?.version ?? null)} />
        </span>
        <span key={age} className="truncate">
          <Verbatim
            text={versionName(soFar === null ? (rollouts.at(-1)?.version ?? null) : rollout.version)}
          />
          {age !== null && <span>{`, ${age} so far`}</span>}
        </span>
      </p>
    </div>
  );
}

function Bar({ share, look }: { share: number; look: "other" | "own" | "so far" | "cut off" }) {
  return (
    <span
      className={clsx(
        "max-w-5 flex-1 rounded-t-xs",
        look === "other" && "bg-line-strong",
        look === "own" && "bg-state",
        (look === "so far" || look === "cut off") &&
          "border-[0.09375rem] border-b-0 border-dashed border-state",
        look === "cut off" && "rounded-none border-t-0",
      )}
      // Placed by a transform, because browsers don't count those as layout shifts.
      style={{ transform: `translateY(${(1 - share) * 100}%)` }}
    />
  );
}

/** Beside the bars, each at its height, as far as there is room. */
function Labels({ top, ...lengths }: Record<"top" | "shortest" | "usual" | "longest", Duration>) {
  const all = (["longest", "usual", "shortest"] as const).map((of) => ({ of, at: lengths[of] / top }));
  return (
    <div aria-hidden="true" className="absolute inset-0 [container-type:size]">
      {moveApart(all, lineHeight).map(({ of, at }) => (
        <span
          key={of}
          className={clsx(
            "absolute bottom-0 left-full ml-3 text-caption leading-none whitespace-nowrap",
            of === "usual" ? "text-ink" : "text-quiet",
          )}
          style={{ transform: `translateY(calc(${-at * 100}cqh + 50%))` }}
        >
          {`${of} ${formatLength(lengths[of])}`}
        </span>
      ))}
    </div>
  );
}

/** The time that it has taken advances in steps too small to see beside the usual one. */
function toStep(usual: Duration): Duration {
  return Math.max(leastStep, Math.floor(usual / 60 / second) * second);
}

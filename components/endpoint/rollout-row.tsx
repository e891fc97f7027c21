import { clsx } from "clsx";
import type { ReactNode } from "react";

import { useApiScope } from "@/lib/client/use-api-scope";
import type { RolloutSummary } from "@/lib/contract/rollout-detail";
import { second } from "@/lib/domain/instant";
import { isTerminal } from "@/lib/domain/rollout-status";
import { durationOf } from "@/lib/domain/usual-duration";
import { againstUsual } from "@/lib/presentation/against-usual";
import { countsText, countText } from "@/lib/presentation/count";
import { formatLength } from "@/lib/presentation/duration";
import { displayStateWord } from "@/lib/presentation/state-words";
import { versionChange, versionName } from "@/lib/presentation/version";
import { toVisibleText } from "@/lib/presentation/visible-text";

import { Moment } from "../ui/moment";
import { StateShape } from "../ui/state-shape";
import { Verbatim } from "../ui/verbatim";

/** Which columns the list has: ticks for the form with this id, and the lowest guaranteed count. */
export type RolloutColumns = { formId: string | null; hasLowest: boolean };

/** Fixed widths, so that nothing moves when a value changes. On narrow pages a row has two lines instead. */
const widths = {
  tick: "w-6 shrink-0 self-start print:hidden @max-4xl:-ml-13",
  version: "min-w-0 flex-1 break-words",
  state: "shrink-0 @max-4xl:order-1 @4xl:w-42",
  counts: "whitespace-nowrap @4xl:w-24",
  started: "whitespace-nowrap @max-4xl:order-3 @4xl:w-38",
  took: "whitespace-nowrap @max-4xl:order-3 @4xl:w-24",
  usual: "whitespace-nowrap @max-4xl:order-3 @4xl:w-32",
  lowest: "@max-4xl:order-3 @4xl:w-20",
};
const minor = "text-caption text-quiet @4xl:text-body @4xl:text-ink";
const row = "flex flex-wrap items-baseline gap-x-3 @4xl:flex-nowrap @4xl:gap-x-4";

export function RolloutHead({ columns: { formId, hasLowest } }: { columns: RolloutColumns }) {
  return (
    <thead className="block text-caption text-quiet @max-4xl:sr-only">
      <tr className={clsx(row, "pb-2")}>
        {formId !== null && (
          <th scope="col" className={widths.tick}>
            <span className="sr-only">Compare</span>
          </th>
        )}
        <Head of="version">Version</Head>
        <Head of="state">State</Head>
        <Head of="counts">Replicas</Head>
        <Head of="started">Started</Head>
        <Head of="took">Took</Head>
        <Head of="usual">Against usual</Head>
        {hasLowest && <Head of="lowest">Guaranteed</Head>}
      </tr>
    </thead>
  );
}

function Head({ of, children }: { of: keyof typeof widths; children: string }) {
  return (
    <th scope="col" className={clsx(widths[of], "whitespace-nowrap", of === "version" && "pl-4")}>
      {children}
    </th>
  );
}

/** One rollout. The whole row leads to its page, except for the box that ticks it. */
export function RolloutRow({
  rollout,
  isCurrent,
  columns: { formId, hasLowest },
}: {
  rollout: RolloutSummary;
  isCurrent: boolean;
  columns: RolloutColumns;
}) {
  const { deploymentId, displayState, startedAt } = rollout;
  return (
    <tr
      data-state={displayState}
      title={deploymentId}
      className={clsx(
        row,
        "relative border-t border-line py-2 hover:bg-sunken",
        formId === null ? "@max-4xl:pl-4" : "@max-4xl:pl-13",
      )}
    >
      {formId !== null && (
        <td className={widths.tick}>
          <Tick rollout={rollout} formId={formId} />
        </td>
      )}
      <td className={clsx(widths.version, formId === null && "@max-4xl:-ml-4")}>
        <Version rollout={rollout} isCurrent={isCurrent} />
      </td>
      <td className={widths.state}>
        <span className="inline-flex items-baseline gap-2 whitespace-nowrap text-state">
          <StateShape of={displayState} className="size-4 self-center" />
          <span>{displayStateWord(displayState)}</span>
        </span>
      </td>
      {/* Narrow rows break here. */}
      <td aria-hidden="true" className="order-2 h-0 w-full @4xl:hidden" />
      <Minor of="counts">{countsText(rollout)}</Minor>
      <Minor of="started">
        <Moment at={startedAt} />
      </Minor>
      <Minor of="took">{tookText(rollout)}</Minor>
      <Minor of="usual">{usualText(rollout)}</Minor>
      {hasLowest && <Minor of="lowest">{countText(rollout.lowestGuaranteedReplicas)}</Minor>}
    </tr>
  );
}

function Minor({ of, children }: { of: keyof typeof widths; children: ReactNode }) {
  return <td className={clsx(widths[of], minor, children === "" && "@max-4xl:hidden")}>{children}</td>;
}

/** Above the row's link. */
function Tick({ rollout: { deploymentId, version }, formId }: { rollout: RolloutSummary; formId: string }) {
  return (
    <label className="relative z-10 block size-6 cursor-pointer p-1">
      <input
        type="checkbox"
        name="compare"
        value={deploymentId}
        form={formId}
        aria-label={`Compare ${toVisibleText(versionName(version))}`}
        className="block size-4 cursor-pointer accent-ink"
      />
    </label>
  );
}

function Version({ rollout, isCurrent }: { rollout: RolloutSummary; isCurrent: boolean }) {
  const { previousVersion, version, deploymentId, errorMessage, noLongerReportedSince } = rollout;
  const { pages } = useApiScope();
  return (
    <span className="block pl-4">
      {noLongerReportedSince === null && (
        <span className="-ml-4 inline-block w-4 align-[0.12em]">
          <ListedMark />
          <span className="sr-only">Listed by Cerebras: </span>
        </span>
      )}
      <a
        href={pages.rollout(deploymentId)}
        className={clsx(
          "underline decoration-line-strong underline-offset-4 after:absolute after:inset-0 hover:decoration-ink",
          isCurrent && "font-semibold",
        )}
      >
        <Verbatim text={versionChange(previousVersion, version)} />
      </a>
      <Alias rollout={rollout} />
      {errorMessage !== null && (
        <span className="line-clamp-1 max-w-[32rem] text-caption text-quiet @4xl:line-clamp-2">
          <Verbatim text={errorMessage} />
        </span>
      )}
    </span>
  );
}

/** Stands beside rollouts that the API's list still has. */
export function ListedMark() {
  return <span aria-hidden="true" className="inline-block size-1.5 rounded-full bg-quiet" />;
}

const shortAlias = 40;

function Alias({ rollout: { versionAlias: alias, version } }: { rollout: RolloutSummary }) {
  if (alias === null || alias === version) return null;
  return (
    <span
      className={clsx(
        "font-mono text-caption text-quiet",
        alias.length <= shortAlias ? "ml-2 whitespace-nowrap @max-4xl:hidden" : "line-clamp-3 max-w-80",
      )}
    >
      <Verbatim text={alias} />
    </span>
  );
}

function tookText(rollout: RolloutSummary): string {
  const took = durationOf(rollout);
  if (took !== null) return formatLength(took);
  return isTerminal(rollout.status) ? "end not seen" : "";
}

/** How the duration of one that succeeded compares with those before it; empty if either is unknown. */
function usualText(rollout: RolloutSummary): string {
  const took = durationOf(rollout);
  const { usualSeconds } = rollout;
  if (took === null || usualSeconds === null || rollout.displayState !== "done") return "";
  return againstUsual(took, usualSeconds * second);
}

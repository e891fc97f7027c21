import { clsx } from "clsx";
import type { ReactNode } from "react";

import type { RolloutView } from "@/lib/contract/rollout-view";
import { toErrorText } from "@/lib/presentation/error-text";
import { toVisibleText } from "@/lib/presentation/visible-text";

import { CopyButton } from "../ui/copy-button";
import { Moment } from "../ui/moment";
import { Section } from "../ui/section";
import { Verbatim } from "../ui/verbatim";

/**
 * The API's error message: its first line large, the rest folded beyond some lines, and when it appeared. The button
 * copies exactly what is shown. `actions` stand beside it: what can be done about the failure.
 */
export function ErrorMessage({ rollout, actions = null }: { rollout: RolloutView; actions?: ReactNode }) {
  const { errorMessage, errorSince } = rollout;
  if (errorMessage === null) return actions === null ? null : <div className="mt-4">{actions}</div>;
  const { first, more, folded } = toErrorText(errorMessage);
  return (
    <section className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-3 border-l-[0.1875rem] border-failed pl-4 lg:grid-cols-[minmax(0,1fr)_auto]">
      <h2 className="sr-only">Error message</h2>
      <p className="font-mono text-[1.125rem] leading-[1.45] break-words whitespace-pre-wrap">
        <Verbatim text={first} />
      </p>
      <div
        className={clsx(
          "flex flex-wrap items-baseline gap-x-6 gap-y-2 text-caption text-quiet lg:col-start-2 lg:row-span-2 lg:content-start",
          actions !== null && "lg:min-h-[8rem] lg:w-64",
        )}
      >
        {actions}
        {errorSince !== null && (
          <span>
            Appeared <Moment at={errorSince} form="exact" />
          </span>
        )}
        <CopyButton text={toVisibleText(errorMessage)} what="the error message" />
      </div>
      {more !== "" && (
        <div className="font-mono text-body break-words whitespace-pre-wrap text-quiet">
          <Verbatim text={more} />
          {folded !== "" && (
            <details>
              <summary className="w-fit cursor-pointer py-1 font-sans text-caption hover:text-ink">
                The rest of the message
              </summary>
              <Verbatim text={folded} />
            </details>
          )}
        </div>
      )}
    </section>
  );
}

type Warnings = RolloutView["warnings"];

/** Doubts about the last reply or about the recorded history. */
export function WarningList({ warnings }: { warnings: Warnings }) {
  const ofHistory = warnings.filter(({ field }) => field === "history");
  const ofReply = warnings.filter(({ field }) => field !== "history");
  return (
    <>
      <Warned name="History" warnings={ofHistory} />
      <Warned name="Unexpected in the reply" warnings={ofReply} />
    </>
  );
}

function Warned({ name, warnings }: { name: string; warnings: Warnings }) {
  if (warnings.length === 0) return null;
  return (
    <Section name={name}>
      <ul className="space-y-2">
        {warnings.map(({ code, field, message }) => (
          <li key={`${code} ${field} ${message}`} className="break-words text-pretty">
            <Verbatim text={message} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

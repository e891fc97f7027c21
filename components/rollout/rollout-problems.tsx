import type { RolloutView } from "@/lib/contract/rollout-view";
import { toVisibleText } from "@/lib/presentation/visible-text";

import { CopyButton } from "../ui/copy-button";
import { Moment } from "../ui/moment";
import { Section } from "../ui/section";
import { Verbatim } from "../ui/verbatim";

/** The API's whole error message, and when it appeared. The button copies exactly what is shown. */
export function ErrorMessage({ rollout }: { rollout: RolloutView }) {
  const { errorMessage, errorSince } = rollout;
  if (errorMessage === null) return null;
  const since = errorSince;
  return (
    <Section name="Error message">
      <p className="border-l-[0.1875rem] border-failed pl-5 font-mono text-body break-words whitespace-pre-wrap">
        <Verbatim text={errorMessage} />
      </p>
      <div className="mt-3 flex gap-6 pl-[1.4375rem] text-caption text-quiet">
        {since !== null && (
          <span>
            Appeared <Moment at={since} form="exact" />
          </span>
        )}
        <CopyButton text={toVisibleText(errorMessage)} what="the error message" />
      </div>
    </Section>
  );
}

/** Rollcall's own conclusions, labeled so that no one mistakes them for the API's reports. */
export function ConditionList({ conditions }: { conditions: RolloutView["conditions"] }) {
  if (conditions.length === 0) return null;
  return (
    <Section name="Rollcall concludes">
      <ul className="space-y-2">
        {conditions.map(({ code, message, since }) => (
          <li key={code} className="text-pretty">
            <Verbatim text={message} />{" "}
            <span className="text-caption text-quiet">
              Since <Moment at={since} form="exact" />
            </span>
          </li>
        ))}
      </ul>
    </Section>
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

import { toInstantOrNull } from "@/lib/client/to-rollout-display";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { toVisibleText } from "@/lib/domain/visible-text";

import { CopyButton } from "../ui/copy-button";
import { Moment } from "../ui/moment";
import { Section } from "../ui/section";
import { Verbatim } from "../ui/verbatim";

/** The API's error message, whole, with when it appeared. What is copied is what is shown. */
export function ErrorMessage({ rollout }: { rollout: RolloutView }) {
  const { errorMessage, errorSince } = rollout;
  if (errorMessage === null) return null;
  const since = toInstantOrNull(errorSince);
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

import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { deployCommand, lastGoodSentence, movedAliasSentence } from "@/lib/presentation/version-words";

import { CopyButton } from "../ui/copy-button";
import { Moment } from "../ui/moment";
import { Section } from "../ui/section";
import { Verbatim } from "../ui/verbatim";

/**
 * The versions behind the current rollout: an alias that has moved since and, if the rollout is in trouble, whether the
 * last good version is still there, and the command that deploys it. Guests get no command: it needs the management key.
 */
export function Versions({
  view,
  rollout,
  isGuest,
}: {
  view: EndpointView;
  rollout: RolloutView;
  isGuest: boolean;
}) {
  const { versions } = view;
  if (versions === undefined || rollout.deploymentId !== view.current) return null;
  const { movedAlias, readAt } = versions;
  const lastGood = mayGoBack(rollout) ? versions.lastGood : null;
  if (movedAlias === null && lastGood === null) return null;
  const command =
    lastGood === null || lastGood.availability === "gone" || isGuest
      ? null
      : deployCommand(view.endpoint.id, lastGood.model);
  return (
    <Section name="Versions">
      <div className="max-w-[65ch] space-y-2 text-pretty">
        {movedAlias !== null && (
          <p className="break-words">
            <Verbatim text={movedAliasSentence(movedAlias)} />
          </p>
        )}
        {lastGood !== null && (
          <p className="break-words">
            <Verbatim text={lastGoodSentence(lastGood)} />
          </p>
        )}
      </div>
      {command !== null && <Command text={command} version={lastGood?.version ?? ""} />}
      {readAt !== null && (
        <p className="mt-3 text-caption text-quiet">
          Read from Cerebras at <Moment at={readAt} form="exact" />
        </p>
      )}
    </Section>
  );
}

function Command({ text, version }: { text: string; version: string }) {
  return (
    <div className="screen-only mt-4">
      <div className="flex flex-wrap items-baseline gap-x-4 text-caption text-quiet">
        <span>Rollcall only reads. To go back, run this yourself:</span>
        <CopyButton text={text} what={`the command that deploys version ${version}`} />
      </div>
      <pre
        tabIndex={0}
        aria-label={`Command that deploys version ${version}`}
        className="mt-1 overflow-x-auto border border-line bg-sunken px-4 py-3 font-mono text-caption"
      >
        {text}
      </pre>
    </div>
  );
}

/** Whether one may want to go back: it failed, went back or was stopped, or does not move. */
function mayGoBack({ status, displayState }: RolloutView): boolean {
  return (
    status === "error" ||
    status === "rolled_back" ||
    status === "rolling_back" ||
    status === "cancelled" ||
    displayState === "stalled" ||
    displayState === "regressing" ||
    displayState === "incomplete"
  );
}

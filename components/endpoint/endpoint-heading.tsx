import type { Answer } from "@/lib/client/queries/polling";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { ConnectionState } from "@/lib/domain/connection";

import { Verbatim } from "../ui/verbatim";
import { Heartbeat } from "./heartbeat";

/** Which endpoint this is, and how fresh the picture of it is. */
export function EndpointHeading({
  answer,
  freshness,
}: {
  answer: Answer<EndpointView>;
  freshness: ConnectionState;
}) {
  const { id, org, modelArch } = answer.body.endpoint;
  const facts = [org, modelArch].filter((fact) => fact !== null && fact !== "");
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-1 border-t border-ink py-4">
      <h1 className="font-mono text-body break-all">
        {id}
        {facts.length > 0 && (
          <span className="ml-3 font-sans text-caption text-quiet">
            <Verbatim text={facts.join(" / ")} />
          </span>
        )}
      </h1>
      <Heartbeat answer={answer} freshness={freshness} />
    </div>
  );
}

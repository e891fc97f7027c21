import type { Answer } from "@/lib/client/queries/polling";
import type { EndpointView } from "@/lib/contract/endpoint-view";

import { Frame } from "../ui/frame";
import { Section } from "../ui/section";

/** The picture of an endpoint without a deployment: what that means, and what to do next. */
export function NothingDeployed({ answer }: { answer: Answer<EndpointView> }) {
  if (answer.body.freshness.observedAt === null) return null;
  return (
    <Section name="Replicas">
      <Frame>
        Cerebras lists no deployment for this endpoint, so there are no replicas to call. Deploy a model
        version to it and this page follows the rollout from its first moment, open or not.
      </Frame>
    </Section>
  );
}

import { RolloutScreen } from "@/components/rollout/timeline/rollout-screen";
import { ofEndpoint } from "@/lib/client/api-scope";
import { authorizeEndpoint } from "@/lib/server/http/authorize-page";

import { RolloutPage } from "./rollout-page";

type Props = {
  params: Promise<{ endpointId: string; deploymentId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function Page({ params, searchParams }: Props) {
  const { endpointId, deploymentId: encoded } = await params;
  const ctx = await authorizeEndpoint("endpoint:read", endpointId);
  const deploymentId = decodeURIComponent(encoded);
  const { with: comparedWith } = await searchParams;
  const apiScope = ofEndpoint(endpointId);
  return (
    <RolloutPage {...{ ctx, endpointId, apiScope, deploymentId, comparedWith }}>
      <RolloutScreen endpointId={endpointId} deploymentId={deploymentId} />
    </RolloutPage>
  );
}

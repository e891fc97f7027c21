import { notFound } from "next/navigation";

import { RolloutScreen } from "@/components/rollout/timeline/rollout-screen";
import { HydratedPage } from "@/components/site/hydrated-page";
import { ofEndpoint } from "@/lib/client/api-scope";
import { authorizeEndpoint } from "@/lib/server/http/authorize-page";

import { readInitialData } from "./read-initial-data";

type Props = {
  params: Promise<{ endpointId: string; deploymentId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function RolloutPage({ params, searchParams }: Props) {
  const { endpointId, deploymentId } = await params;
  await authorizeEndpoint("endpoint:read", endpointId);
  const { with: other } = await searchParams;
  const answers = await readInitialData({
    endpointId,
    apiScope: ofEndpoint(endpointId),
    deploymentId: decodeURIComponent(deploymentId),
    otherId: typeof other === "string" ? other : null,
  });
  if (answers === null) notFound();
  return (
    <HydratedPage answers={answers}>
      <RolloutScreen endpointId={endpointId} deploymentId={decodeURIComponent(deploymentId)} />
    </HydratedPage>
  );
}

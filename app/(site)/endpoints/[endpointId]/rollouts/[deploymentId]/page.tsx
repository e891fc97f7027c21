import { notFound } from "next/navigation";
import { NuqsAdapter } from "nuqs/adapters/next/app";

import { RolloutScreen } from "@/components/rollout/course/rollout-screen";
import { FirstPicture } from "@/components/site/first-picture";
import { ofEndpoint } from "@/lib/client/vantage";
import { authorizeEndpoint } from "@/lib/server/http/authorize-page";

import { readFirstAnswers } from "./read-first-answers";

type Props = {
  params: Promise<{ endpointId: string; deploymentId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function RolloutPage({ params, searchParams }: Props) {
  const { endpointId, deploymentId } = await params;
  await authorizeEndpoint("endpoint:read", endpointId);
  const { with: other } = await searchParams;
  const answers = await readFirstAnswers({
    endpointId,
    vantage: ofEndpoint(endpointId),
    deploymentId: decodeURIComponent(deploymentId),
    otherId: typeof other === "string" ? other : null,
  });
  if (answers === null) notFound();
  return (
    <NuqsAdapter>
      <FirstPicture answers={answers}>
        <RolloutScreen endpointId={endpointId} deploymentId={decodeURIComponent(deploymentId)} />
      </FirstPicture>
    </NuqsAdapter>
  );
}

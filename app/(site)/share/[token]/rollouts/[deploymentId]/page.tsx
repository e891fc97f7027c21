import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { RolloutPage } from "@/app/(site)/endpoints/[endpointId]/rollouts/[deploymentId]/rollout-page";
import { SharedRollout } from "@/components/rollout/timeline/rollout-screen";
import { throughLink } from "@/lib/client/api-scope";
import { authorizeGuest } from "@/lib/server/http/authorize-page";

type Props = {
  params: Promise<{ token: string; deploymentId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const metadata: Metadata = { robots: { index: false, follow: false } };

export default async function Page({ params, searchParams }: Props) {
  const { token, deploymentId: encoded } = await params;
  const { ctx, endpointId } = await authorizeGuest(token);
  if (endpointId === null) notFound();
  const deploymentId = decodeURIComponent(encoded);
  const { with: comparedWith } = await searchParams;
  const apiScope = throughLink(token);
  return (
    <RolloutPage {...{ ctx, endpointId, apiScope, deploymentId, comparedWith }}>
      <SharedRollout token={token} deploymentId={deploymentId} />
    </RolloutPage>
  );
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { RolloutPage } from "@/app/(site)/endpoints/[endpointId]/rollouts/[deploymentId]/rollout-page";
import { previewRollout, toPreviewMetadata } from "@/app/(site)/link-preview";
import { SharedRollout } from "@/components/rollout/timeline/rollout-screen";
import { throughLink } from "@/lib/client/api-scope";
import { pagePaths } from "@/lib/contract/paths";
import { authorizeGuest } from "@/lib/server/http/authorize-page";

type Props = {
  params: Promise<{ token: string; deploymentId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The preview of the link in a chat. */
export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const { token, deploymentId: encoded } = await params;
  const { ctx, endpointId } = await authorizeGuest(token);
  const deploymentId = decodeURIComponent(encoded);
  const robots = { index: false, follow: false };
  const preview = endpointId === null ? null : await previewRollout(ctx, { endpointId, deploymentId });
  if (preview === null) return { robots };
  const picture = `${pagePaths.sharedRollout(token, deploymentId)}/preview.png`;
  return { robots, ...toPreviewMetadata(ctx, preview, picture) };
}

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

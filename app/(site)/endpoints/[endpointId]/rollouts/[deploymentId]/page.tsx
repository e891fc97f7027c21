import type { Metadata } from "next";

import { previewRollout, toPreviewMetadata } from "@/app/(site)/link-preview";
import { RolloutScreen } from "@/components/rollout/timeline/rollout-screen";
import { ofEndpoint } from "@/lib/client/api-scope";
import { pagePaths } from "@/lib/contract/paths";
import { authorizeEndpoint, authorizePreview } from "@/lib/server/http/authorize-page";

import { RolloutPage } from "./rollout-page";

type Props = {
  params: Promise<{ endpointId: string; deploymentId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The preview of the link in a chat. */
export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const { endpointId, deploymentId: encoded } = await params;
  const deploymentId = decodeURIComponent(encoded);
  const ctx = await authorizePreview(endpointId);
  const preview = ctx === null ? null : await previewRollout(ctx, { endpointId, deploymentId });
  if (ctx === null || preview === null) return {};
  return toPreviewMetadata(ctx, preview, `${pagePaths.rollout(endpointId, deploymentId)}/preview.png`);
}

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

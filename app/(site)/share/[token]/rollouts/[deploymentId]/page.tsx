import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { readInitialData } from "@/app/(site)/endpoints/[endpointId]/rollouts/[deploymentId]/read-initial-data";
import { SharedRollout } from "@/components/rollout/timeline/rollout-screen";
import { HydratedPage } from "@/components/site/hydrated-page";
import { throughLink } from "@/lib/client/api-scope";
import { authorizeGuest } from "@/lib/server/http/authorize-page";

type Props = {
  params: Promise<{ token: string; deploymentId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const metadata: Metadata = { robots: { index: false, follow: false } };

export default async function SharedRolloutPage({ params, searchParams }: Props) {
  const { token, deploymentId } = await params;
  const { with: other } = await searchParams;
  const endpointId = await authorizeGuest(token);
  if (endpointId === null) notFound();
  const answers = await readInitialData({
    endpointId,
    apiScope: throughLink(token),
    deploymentId: decodeURIComponent(deploymentId),
    otherId: typeof other === "string" ? other : null,
  });
  if (answers === null) notFound();
  return (
    <HydratedPage answers={answers}>
      <SharedRollout token={token} deploymentId={decodeURIComponent(deploymentId)} />
    </HydratedPage>
  );
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NuqsAdapter } from "nuqs/adapters/next/app";

import { readFirstAnswers } from "@/app/(site)/endpoints/[endpointId]/rollouts/[deploymentId]/read-first-answers";
import { SharedRollout } from "@/components/rollout/course/rollout-screen";
import { FirstPicture } from "@/components/site/first-picture";
import { throughLink } from "@/lib/client/vantage";
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
  const answers = await readFirstAnswers({
    endpointId,
    vantage: throughLink(token),
    deploymentId: decodeURIComponent(deploymentId),
    otherId: typeof other === "string" ? other : null,
  });
  if (answers === null) notFound();
  return (
    <NuqsAdapter>
      <FirstPicture answers={answers}>
        <SharedRollout token={token} deploymentId={decodeURIComponent(deploymentId)} />
      </FirstPicture>
    </NuqsAdapter>
  );
}

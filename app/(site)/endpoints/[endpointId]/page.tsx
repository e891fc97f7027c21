import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { previewEndpoint, toPreviewMetadata } from "@/app/(site)/link-preview";
import { EndpointUsage } from "@/components/endpoint/endpoint-usage";
import { EndpointScreen } from "@/components/endpoint/endpoint-screen";
import { MuteControl } from "@/components/endpoint/mute-control";
import { HydratedPage } from "@/components/site/hydrated-page";
import { ofEndpoint } from "@/lib/client/api-scope";
import { pagePaths } from "@/lib/contract/paths";
import { authorizeEndpoint, authorizePreview } from "@/lib/server/http/authorize-page";
import { redirectTo } from "@/lib/server/http/redirect-to";
import { hasChannels } from "@/lib/server/services/mutes";

import { readInitialData } from "./read-initial-data";

type Props = {
  params: Promise<{ endpointId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The preview of the link in a chat. */
export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const { endpointId } = await params;
  const ctx = await authorizePreview(endpointId);
  const preview = ctx === null ? null : await previewEndpoint(ctx, endpointId);
  if (ctx === null || preview === null) return {};
  return toPreviewMetadata(ctx, preview, `${pagePaths.endpoint(endpointId)}/preview.png`);
}

export default async function EndpointPage({ params, searchParams }: Props) {
  const { endpointId } = await params;
  const ctx = await authorizeEndpoint("endpoint:read", endpointId);
  // The form below the list of rollouts sends the two that were ticked, the newer one first.
  const { compare } = await searchParams;
  const [newer, older] = typeof compare === "object" ? compare : [];
  if (newer !== undefined && older !== undefined) redirectTo(pagePaths.comparison(endpointId, newer, older));
  const answers = await readInitialData(ctx, endpointId, ofEndpoint(endpointId));
  if (answers === null) notFound();
  return (
    <HydratedPage answers={answers}>
      <EndpointScreen
        id={endpointId}
        usage={<EndpointUsage id={endpointId} />}
        mute={hasChannels(ctx) && <MuteControl endpointId={endpointId} />}
      />
    </HydratedPage>
  );
}

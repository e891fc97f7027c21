import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { readInitialData } from "@/app/(site)/endpoints/[endpointId]/read-initial-data";
import { previewEndpoint, toPreviewMetadata } from "@/app/(site)/link-preview";
import { GuestNote } from "@/components/access/guest-note";
import { SharedEndpoint } from "@/components/endpoint/endpoint-screen";
import { HydratedPage } from "@/components/site/hydrated-page";
import { throughLink } from "@/lib/client/api-scope";
import { pagePaths } from "@/lib/contract/paths";
import { authorizeGuest } from "@/lib/server/http/authorize-page";
import { findEndpoint } from "@/lib/server/services/endpoints";

type Props = { params: Promise<{ token: string }> };

/** The preview of the link in a chat: a sentence, and its instant. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { token } = await params;
  const { ctx, endpointId } = await authorizeGuest(token);
  const robots = { index: false, follow: false };
  const preview = endpointId === null ? null : await previewEndpoint(ctx, endpointId);
  if (preview === null) return { robots };
  return { robots, ...toPreviewMetadata(ctx, preview, `${pagePaths.shared(token)}/preview.png`) };
}

export default async function SharedPage({ params }: Props) {
  const { token } = await params;
  const { ctx, endpointId, link } = await authorizeGuest(token);
  const answers = endpointId === null ? null : await readInitialData(ctx, endpointId, throughLink(token));
  if (answers === null || link === null) notFound();
  const org = findEndpoint(ctx, link.endpointId)?.org ?? null;
  return (
    <HydratedPage answers={answers}>
      <SharedEndpoint
        token={token}
        note={<GuestNote label={link.name} expiresAt={link.expiresAt} org={org} />}
      />
    </HydratedPage>
  );
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { readInitialData } from "@/app/(site)/endpoints/[endpointId]/read-initial-data";
import { GuestNote } from "@/components/access/guest-note";
import { SharedEndpoint } from "@/components/endpoint/endpoint-screen";
import { HydratedPage } from "@/components/site/hydrated-page";
import { throughLink } from "@/lib/client/api-scope";
import { authorizeGuest } from "@/lib/server/http/authorize-page";
import { findEndpoint, readEndpoint } from "@/lib/server/services/endpoints";
import { orNotFound } from "@/lib/server/services/errors";

import { describeEndpoint } from "./describe-endpoint";

type Props = { params: Promise<{ token: string }> };

/** The preview of the link in a chat: a sentence, and its instant. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { ctx, endpointId } = await authorizeGuest((await params).token);
  const robots = { index: false, follow: false };
  const answer = endpointId === null ? null : await orNotFound(() => readEndpoint(ctx, { endpointId }));
  if (answer === null) return { robots };
  const { title, description } = describeEndpoint(answer.body, Date.now());
  return {
    metadataBase: ctx.settings.publicUrl,
    robots,
    description,
    openGraph: { title, description, siteName: "Rollcall", type: "website" },
  };
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

import { notFound } from "next/navigation";

import { WatchedEndpoint } from "@/components/endpoint/watched-endpoint";
import { ofEndpoint } from "@/lib/client/vantage";
import { FirstPicture } from "@/components/site/first-picture";

import { readFirstAnswers } from "./read-first-answers";
import { authorizeEndpoint } from "@/lib/server/http/authorize-page";

export default async function EndpointPage({ params }: { params: Promise<{ endpointId: string }> }) {
  const { endpointId } = await params;
  await authorizeEndpoint("endpoint:read", endpointId);
  const answers = await readFirstAnswers(endpointId, ofEndpoint(endpointId));
  if (answers === null) notFound();
  return (
    <FirstPicture answers={answers}>
      <WatchedEndpoint id={endpointId} />
    </FirstPicture>
  );
}

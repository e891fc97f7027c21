import { notFound } from "next/navigation";

import { WatchedEndpoint } from "@/components/endpoint/watched-endpoint";
import { ofEndpoint } from "@/lib/client/vantage";
import { FirstPicture } from "@/components/site/first-picture";

import { readFirstAnswers } from "./read-first-answers";
import { authorizePage } from "@/lib/server/access/authorize-page";

export default async function EndpointPage({ params }: { params: Promise<{ endpointId: string }> }) {
  await authorizePage();
  const { endpointId } = await params;
  const answers = await readFirstAnswers(endpointId, ofEndpoint(endpointId));
  if (answers === null) notFound();
  return (
    <FirstPicture answers={answers}>
      <WatchedEndpoint id={endpointId} />
    </FirstPicture>
  );
}

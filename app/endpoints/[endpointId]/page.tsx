import { notFound } from "next/navigation";

import { EndpointScreen } from "@/components/endpoint/endpoint-screen";
import { FirstPicture } from "@/components/site/first-picture";

import { readFirstAnswers } from "./read-first-answers";
import { authorizePage } from "@/lib/server/access/authorize-page";

export default async function EndpointPage({ params }: { params: Promise<{ endpointId: string }> }) {
  await authorizePage();
  const { endpointId } = await params;
  const answers = await readFirstAnswers(endpointId);
  if (answers === null) notFound();
  return (
    <FirstPicture answers={answers}>
      <EndpointScreen id={endpointId} />
    </FirstPicture>
  );
}

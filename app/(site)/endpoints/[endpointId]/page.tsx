import { notFound } from "next/navigation";

import { EndpointScreen } from "@/components/endpoint/endpoint-screen";
import { ofEndpoint } from "@/lib/client/api-scope";
import { HydratedPage } from "@/components/site/hydrated-page";

import { readInitialData } from "./read-initial-data";
import { authorizeEndpoint } from "@/lib/server/http/authorize-page";

export default async function EndpointPage({ params }: { params: Promise<{ endpointId: string }> }) {
  const { endpointId } = await params;
  await authorizeEndpoint("endpoint:read", endpointId);
  const answers = await readInitialData(endpointId, ofEndpoint(endpointId));
  if (answers === null) notFound();
  return (
    <HydratedPage answers={answers}>
      <EndpointScreen id={endpointId} />
    </HydratedPage>
  );
}

import { notFound } from "next/navigation";

import { EndpointUsage } from "@/components/endpoint/endpoint-usage";
import { EndpointScreen } from "@/components/endpoint/endpoint-screen";
import { HydratedPage } from "@/components/site/hydrated-page";
import { ofEndpoint } from "@/lib/client/api-scope";
import { authorizeEndpoint } from "@/lib/server/http/authorize-page";

import { readInitialData } from "./read-initial-data";

export default async function EndpointPage({ params }: { params: Promise<{ endpointId: string }> }) {
  const { endpointId } = await params;
  const ctx = await authorizeEndpoint("endpoint:read", endpointId);
  const answers = await readInitialData(ctx, endpointId, ofEndpoint(endpointId));
  if (answers === null) notFound();
  return (
    <HydratedPage answers={answers}>
      <EndpointScreen id={endpointId} usage={<EndpointUsage id={endpointId} />} />
    </HydratedPage>
  );
}

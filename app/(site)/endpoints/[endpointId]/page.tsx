import { notFound, redirect } from "next/navigation";

import { EndpointUsage } from "@/components/endpoint/endpoint-usage";
import { EndpointScreen } from "@/components/endpoint/endpoint-screen";
import { MuteControl } from "@/components/endpoint/mute-control";
import { HydratedPage } from "@/components/site/hydrated-page";
import { ofEndpoint } from "@/lib/client/api-scope";
import { pagePaths } from "@/lib/contract/paths";
import { authorizeEndpoint } from "@/lib/server/http/authorize-page";
import { hasChannels } from "@/lib/server/services/mutes";

import { readInitialData } from "./read-initial-data";

type Props = {
  params: Promise<{ endpointId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function EndpointPage({ params, searchParams }: Props) {
  const { endpointId } = await params;
  const ctx = await authorizeEndpoint("endpoint:read", endpointId);
  // The form below the list of rollouts sends the two that were ticked, the newer one first.
  const { compare } = await searchParams;
  const [newer, older] = typeof compare === "object" ? compare : [];
  if (newer !== undefined && older !== undefined) redirect(pagePaths.comparison(endpointId, newer, older));
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

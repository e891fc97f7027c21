"use client";

import { useQuery } from "@tanstack/react-query";

import { ApiFailure } from "@/lib/client/api-failure";
import { endpointQuery } from "@/lib/client/queries/endpoint";
import { VantageProvider } from "@/lib/client/use-vantage";
import { throughLink } from "@/lib/client/vantage";

import { ClosedLink } from "../access/closed-link";
import { EndpointScreen } from "./endpoint-screen";

/** An endpoint looked at through a guest link. Once the link is closed nothing of it stays on the page. */
export function SharedEndpoint({ token }: { token: string }) {
  const vantage = throughLink(token);
  const { error } = useQuery(endpointQuery(vantage));
  if (error instanceof ApiFailure && error.status === 404) return <ClosedLink />;
  return (
    <VantageProvider value={vantage}>
      <EndpointScreen />
    </VantageProvider>
  );
}

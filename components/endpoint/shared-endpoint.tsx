"use client";

import { useQuery } from "@tanstack/react-query";

import { ApiFailure } from "@/lib/client/api-failure";
import { endpointQuery } from "@/lib/client/queries/endpoint";
import { ApiScopeProvider } from "@/lib/client/use-api-scope";
import { throughLink } from "@/lib/client/api-scope";

import { ClosedLink } from "../access/closed-link";
import { EndpointScreen } from "./endpoint-screen";

/** An endpoint looked at through a guest link. Once the link is closed nothing of it stays on the page. */
export function SharedEndpoint({ token }: { token: string }) {
  const apiScope = throughLink(token);
  const { error } = useQuery(endpointQuery(apiScope));
  if (error instanceof ApiFailure && error.status === 404) return <ClosedLink />;
  return (
    <ApiScopeProvider value={apiScope}>
      <EndpointScreen />
    </ApiScopeProvider>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";

import { isSignedOut } from "@/lib/client/is-signed-out";
import { endpointQuery } from "@/lib/client/queries/endpoint";
import { ApiScopeProvider } from "@/lib/client/use-api-scope";
import { ofEndpoint } from "@/lib/client/api-scope";

import { SignedOut } from "../access/signed-out";
import { EndpointScreen } from "./endpoint-screen";

/** An endpoint looked at by its id. Once its viewer is signed out nothing of it stays on the page. */
export function WatchedEndpoint({ id }: { id: string }) {
  const apiScope = ofEndpoint(id);
  const { error } = useQuery(endpointQuery(apiScope));
  if (isSignedOut(error)) return <SignedOut />;
  return (
    <ApiScopeProvider value={apiScope}>
      <EndpointScreen />
    </ApiScopeProvider>
  );
}

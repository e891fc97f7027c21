"use client";

import { useQuery } from "@tanstack/react-query";

import { isSignedOut } from "@/lib/client/is-signed-out";
import { endpointQuery } from "@/lib/client/queries/endpoint";
import { VantageProvider } from "@/lib/client/use-vantage";
import { ofEndpoint } from "@/lib/client/vantage";

import { SignedOut } from "../access/signed-out";
import { EndpointScreen } from "./endpoint-screen";

/** An endpoint looked at by its id. Once its viewer is signed out nothing of it stays on the page. */
export function WatchedEndpoint({ id }: { id: string }) {
  const vantage = ofEndpoint(id);
  const { error } = useQuery(endpointQuery(vantage));
  if (isSignedOut(error)) return <SignedOut />;
  return (
    <VantageProvider value={vantage}>
      <EndpointScreen />
    </VantageProvider>
  );
}

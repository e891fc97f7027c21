"use client";

import { VantageProvider } from "@/lib/client/use-vantage";
import { ofEndpoint } from "@/lib/client/vantage";

import { EndpointScreen } from "./endpoint-screen";

/** An endpoint looked at by its id. */
export function WatchedEndpoint({ id }: { id: string }) {
  return (
    <VantageProvider value={ofEndpoint(id)}>
      <EndpointScreen />
    </VantageProvider>
  );
}

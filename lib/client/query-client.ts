import { QueryClient } from "@tanstack/react-query";

/** A query cache: one per page load in the browser, one per request on the server. */
export function newQueryClient(): QueryClient {
  return new QueryClient();
}

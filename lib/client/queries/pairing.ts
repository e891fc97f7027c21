import { queryOptions } from "@tanstack/react-query";

import { apiPaths } from "@/lib/contract/paths";

import { changeServer } from "../api";

const askEvery = 3_000;
const tryAgainAfter = 10_000;

/** A code for this screen to show; a new one when it is over, and again where none could be had. */
export function pairingQuery() {
  return queryOptions({
    queryKey: ["pairing"],
    queryFn: () => changeServer({ method: "POST", path: apiPaths.pairings }, ({ pairing }) => pairing),
    staleTime: Infinity,
    gcTime: 0,
    retry: true,
    retryDelay: tryAgainAfter,
    networkMode: "always",
  });
}

/** Whether somebody approved the screen that shows this code. */
export function claimQuery(code: string) {
  return queryOptions({
    queryKey: ["claim", code],
    queryFn: () => changeServer({ method: "POST", path: apiPaths.claim }, ({ claim }) => claim),
    retry: false,
    gcTime: 0,
    networkMode: "always",
    refetchInterval: askEvery,
    refetchIntervalInBackground: true,
  });
}

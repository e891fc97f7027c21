import { queryOptions } from "@tanstack/react-query";

import { apiPaths } from "@/lib/contract/paths";

import { changeServer } from "./api";

const askEvery = 3_000;
const firstPause = 10_000;
const longestPause = 10 * 60_000;

/** The wait after failed requests for a code, in milliseconds: 10 s at first, at most 10 minutes. */
export function pauseBeforeNextCode(failures: number): number {
  return Math.min(longestPause, firstPause * 2 ** Math.min(failures, 10));
}

/** A code for this screen to show; retries with growing pauses. */
export function pairingQuery() {
  return queryOptions({
    queryKey: ["pairing"],
    queryFn: () => changeServer({ method: "POST", path: apiPaths.pairings }, ({ pairing }) => pairing),
    staleTime: Infinity,
    gcTime: 0,
    retry: true,
    retryDelay: pauseBeforeNextCode,
    networkMode: "always",
  });
}

/** Whether the screen that shows this code was approved; polled until the code is approved or expires. */
export function claimQuery(code: string | null) {
  return queryOptions({
    queryKey: ["claim", code],
    queryFn: () => changeServer({ method: "POST", path: apiPaths.claim }, ({ claim }) => claim),
    retry: false,
    gcTime: 0,
    networkMode: "always",
    enabled: code !== null,
    refetchInterval: ({ state }) => ((state.data?.state ?? "waiting") === "waiting" ? askEvery : false),
    refetchIntervalInBackground: true,
  });
}

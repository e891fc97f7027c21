import { useMutation, useQueryClient } from "@tanstack/react-query";

import { changeServer, type PickSchema } from "./api";

type Change = Parameters<typeof changeServer>[0];

/** A mutation on the server, after which the queries under the key `stale` are refetched. */
export function useChange<T>(
  pick: PickSchema<T>,
  { stale, onDone }: { stale?: readonly unknown[]; onDone?: (answer: T) => void } = {},
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) => changeServer(change, pick),
    onSuccess: (answer) => onDone?.(answer),
    onSettled: () => (stale === undefined ? undefined : client.invalidateQueries({ queryKey: stale })),
  });
}

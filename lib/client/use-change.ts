import { useMutation, useQueryClient } from "@tanstack/react-query";

import { changeServer, type PickSchema } from "./api";

type Change = Parameters<typeof changeServer>[0];

/** Something that is changed on the server with one click, after which what `stale` names is asked for again. */
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

import { dehydrate, QueryClient, type DehydratedState } from "@tanstack/react-query";

import type { Polled } from "@/lib/contract/polled";
import type { Instant } from "@/lib/domain/instant";

import type { Answer } from "./polling";

/** The data that a page is first rendered from: the answers, and their instant. */
export type InitialData = { drawnAt: Instant; state: DehydratedState };

/** Collects the answers that a page passes to the browser's query cache. */
export function gatherAnswers() {
  const drawnAt = Date.now();
  const client = new QueryClient();
  return {
    put: <T>({ queryKey }: { queryKey: readonly unknown[] }, polled: Polled<T>): void => {
      const { body, etag, age, nextPollIn } = polled;
      const answer: Answer<T> = { body, etag, age, nextPollIn, answeredAt: drawnAt };
      client.setQueryData(queryKey, answer);
    },
    end: (): InitialData => ({ drawnAt, state: dehydrate(client) }),
  };
}

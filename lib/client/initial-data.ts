import { dehydrate, QueryClient, type DehydratedState } from "@tanstack/react-query";

import type { Polled } from "@/lib/contract/polled";
import type { Instant } from "@/lib/domain/instant";

import type { Answer } from "./polling";

/** What a page's first picture is drawn from: the answers, and the instant at which they were given. */
export type InitialData = { drawnAt: Instant; state: DehydratedState };

/** Gathers the answers that a page hands to the browser's query cache. */
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

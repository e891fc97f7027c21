import type { QueryClient, QueryKey } from "@tanstack/react-query";

import type { Polled } from "@/lib/contract/polled";
import type { Instant } from "@/lib/domain/instant";

import type { Answer } from "./polling";

/** The data that a page is first rendered from: the answers by their keys, and their instant. */
export type InitialData = { drawnAt: Instant; answers: readonly (readonly [QueryKey, Answer<unknown>])[] };

/** Collects the answers that a page passes to the browser's query cache. */
export function gatherAnswers() {
  const drawnAt = Date.now();
  const answers: (readonly [QueryKey, Answer<unknown>])[] = [];
  return {
    put: <T>({ queryKey }: { queryKey: QueryKey }, polled: Polled<T>): void => {
      const { body, etag, age, nextPollIn } = polled;
      answers.push([queryKey, { body, etag, age, nextPollIn, answeredAt: drawnAt }]);
    },
    end: (): InitialData => ({ drawnAt, answers }),
  };
}

/**
 * Puts a page's answers into the cache, except where it knows newer ones. By the server's clock: the library compares
 * clocks of two machines. Going back brings an old page's answers, which change nothing.
 */
export function takeNewer(client: QueryClient, { answers }: InitialData): void {
  for (const [queryKey, answer] of answers) {
    const known: Answer<unknown> | undefined = client.getQueryData(queryKey);
    if (known === undefined || known.answeredAt < answer.answeredAt) client.setQueryData(queryKey, answer);
  }
}

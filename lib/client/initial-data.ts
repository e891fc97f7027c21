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

/**
 * Replaces what the cache knows by newer answers of a page that was reached without a new document. By the server's
 * clock: the library compares clocks of two machines, and only after the page's first picture. Going back brings an
 * old page's answers, which change nothing.
 */
export function takeNewer(client: QueryClient, { state }: InitialData): void {
  for (const { queryKey, state: query } of state.queries) {
    const known: unknown = client.getQueryData(queryKey);
    if (hasInstant(known) && hasInstant(query.data) && known.answeredAt < query.data.answeredAt)
      client.setQueryData(queryKey, query.data);
  }
}

function hasInstant(answer: unknown): answer is Pick<Answer<unknown>, "answeredAt"> {
  return typeof answer === "object" && answer !== null && "answeredAt" in answer;
}

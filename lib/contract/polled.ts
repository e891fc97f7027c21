/**
 * A response body with its headers. `age`: milliseconds from the observation to the response (null: nothing observed
 * yet). `nextPollIn`: milliseconds until the next request is useful. `etag` names the content: it stays the same until
 * a count, a status or the freshness changes.
 */
export type Polled<T> = {
  body: T;
  etag: string;
  age: number | null;
  nextPollIn: number;
};

/**
 * An answer with what travels in its headers. `age` is in milliseconds since the observation at the
 * moment of answering (null: nothing observed yet), `nextPollIn` in milliseconds until it is worth
 * asking again. `etag` names the content and stays when neither a count, a status nor the freshness changed.
 */
export type Polled<T> = {
  body: T;
  etag: string;
  age: number | null;
  nextPollIn: number;
};

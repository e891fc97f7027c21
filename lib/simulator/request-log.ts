/** A request as it arrived. `at` is Unix epoch ms; `status` is null when nothing was answered. */
export type RequestEntry = {
  readonly at: number;
  readonly method: string;
  readonly rawPath: string;
  /** Name and value, in the order and case in which they were received. */
  readonly headers: readonly (readonly [string, string])[];
  status: number | null;
  /** The fault that shaped the answer, if one did. */
  faultId: string | null;
};

const KEPT = 100_000;
const TRIM_EVERY = 10_000;

/** Remembers the newest 100,000 requests, and counts all of them per path. */
export class RequestLog {
  #entries: RequestEntry[] = [];
  readonly #counts = new Map<string, number>();

  add(entry: RequestEntry): void {
    this.#entries.push(entry);
    this.#counts.set(entry.rawPath, (this.#counts.get(entry.rawPath) ?? 0) + 1);
    if (this.#entries.length >= KEPT + TRIM_EVERY) this.#entries = this.#entries.slice(-KEPT);
  }

  /** The newest `limit` requests that arrived at or after `since` (epoch ms), oldest first. */
  list(since: number, limit: number): RequestEntry[] {
    return this.#entries
      .slice(-KEPT)
      .filter((entry) => entry.at >= since)
      .slice(-Math.min(limit, KEPT));
  }

  /** Requests per raw path since the last clearing; only paths that begin with `prefix`. */
  counts(prefix: string): Record<string, number> {
    return Object.fromEntries([...this.#counts].filter(([path]) => path.startsWith(prefix)));
  }

  clear(): void {
    this.#entries = [];
    this.#counts.clear();
  }
}

/** Pairs up Node's flat list of raw headers. */
export function headerPairs(rawHeaders: readonly string[]): [string, string][] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[index * 2] ?? "",
    rawHeaders[index * 2 + 1] ?? "",
  ]);
}

const MINUTE_MS = 60_000;
/** The limit that Cerebras documents, for each organization. */
const MOST_PER_MINUTE = 6;

/** The times of the newest calls, to refuse those beyond the limit. */
export class MetricsCalls {
  #times: number[] = [];

  clear(): void {
    this.#times = [];
  }

  /** Whether a call at `now` (epoch ms) is within the limit; if so, it counts. */
  take(now: number): boolean {
    this.#times = this.#times.filter((at) => now - at < MINUTE_MS);
    if (this.#times.length >= MOST_PER_MINUTE) return false;
    this.#times.push(now);
    return true;
  }
}

type Segment = { readonly virtualMs: number; readonly realMs: number; readonly speed: number };

/**
 * Virtual milliseconds since the scenario began: real elapsed time × speed, which can be paused,
 * stepped, and run at another speed. Every such change opens a new segment, so that the real instant at
 * which any virtual instant was reached can be computed afterwards.
 */
export class VirtualClock {
  readonly startedAtMs: number;
  #segments: [Segment, ...Segment[]];
  #speed: number;
  #paused = false;
  readonly #realNow: () => number;

  /** @param realNow Unix epoch milliseconds. @param speed virtual ms per real ms, above 0. */
  constructor(realNow: () => number, speed: number) {
    this.#realNow = realNow;
    this.#speed = speed;
    this.startedAtMs = realNow();
    this.#segments = [{ virtualMs: 0, realMs: this.startedAtMs, speed }];
  }

  get speed(): number {
    return this.#speed;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Real time, Unix epoch milliseconds. */
  realNow(): number {
    return this.#realNow();
  }

  /** Virtual milliseconds since the scenario began. */
  now(): number {
    const last = this.#last();
    return last.virtualMs + (this.#realNow() - last.realMs) * last.speed;
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    this.#open(0);
  }

  setPaused(paused: boolean): void {
    this.#paused = paused;
    this.#open(0);
  }

  /** Jumps forward by this many virtual milliseconds, at once. */
  advance(virtualMs: number): void {
    this.#open(virtualMs);
  }

  /**
   * The real instant (epoch ms, whole) at which the clock reached `virtualMs`. Instants before
   * the start passed at speed 1; skipped ones passed at the moment of the jump.
   */
  realAt(virtualMs: number): number {
    if (virtualMs <= 0) return Math.ceil(this.startedAtMs + virtualMs);
    let reachedBy = Number.POSITIVE_INFINITY;
    for (let index = this.#segments.length - 1; index >= 0; index -= 1) {
      const segment = this.#segments[index];
      if (segment === undefined) break;
      if (segment.virtualMs < virtualMs) {
        const reached = segment.realMs + (virtualMs - segment.virtualMs) / segment.speed;
        return Math.ceil(Math.min(reached, reachedBy));
      }
      reachedBy = segment.realMs;
    }
    return Math.ceil(reachedBy);
  }

  /** The virtual milliseconds that the clock showed at a real instant (epoch ms), with every jump before it. */
  virtualAt(realMs: number): number {
    if (realMs <= this.startedAtMs) return realMs - this.startedAtMs;
    const segment = this.#segments.findLast((one) => one.realMs <= realMs) ?? this.#segments[0];
    return segment.virtualMs + (realMs - segment.realMs) * segment.speed;
  }

  #last(): Segment {
    return this.#segments[this.#segments.length - 1] ?? this.#segments[0];
  }

  #open(jumpMs: number): void {
    const virtualMs = this.now() + jumpMs;
    this.#segments.push({ virtualMs, realMs: this.#realNow(), speed: this.#paused ? 0 : this.#speed });
  }
}

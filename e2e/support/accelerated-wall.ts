import type { CDPSession, Page } from "@playwright/test";

/** What a tab uses after a forced garbage collection: bytes of heap, DOM nodes, listeners, pending timers. */
export type TabSample = { heap: number; nodes: number; listeners: number; timers: number };

declare global {
  interface Window {
    wallPolls: { begun: number; answered: number; underWay: Set<Promise<unknown>>; timers: Set<number> };
  }
}

const POLL_EVERY_MS = 1_000;

/**
 * A wall whose time passes as fast as its server answers: the test controls every timer of the page, and every poll is a
 * real HTTP request.
 */
export class AcceleratedWall {
  private constructor(
    private readonly page: Page,
    private readonly devtools: CDPSession,
  ) {}

  static async open(page: Page, url: string): Promise<AcceleratedWall> {
    await page.clock.install();
    // The TypeScript runner of the benchmarks names functions with a helper that pages do not have.
    await page.addInitScript("globalThis.__name ??= (named) => named;");
    await page.addInitScript(countPollsAndTimers);
    await page.goto(url);
    return new AcceleratedWall(page, await page.context().newCDPSession(page));
  }

  /** Waits until `count` more polls are answered; the page retries those that fail. */
  async poll(count: number): Promise<void> {
    const until = (await this.answered()) + count;
    while ((await this.step()) < until);
  }

  /** Advances the page's time by one second and waits for the answers to its requests. */
  async step(): Promise<number> {
    await this.page.clock.runFor(POLL_EVERY_MS);
    return this.page.evaluate(async () => {
      await Promise.allSettled(window.wallPolls.underWay);
      return window.wallPolls.answered;
    });
  }

  answered(): Promise<number> {
    return this.page.evaluate(() => window.wallPolls.answered);
  }

  async sample(): Promise<TabSample> {
    await this.devtools.send("HeapProfiler.enable");
    await this.devtools.send("HeapProfiler.collectGarbage");
    await this.devtools.send("HeapProfiler.collectGarbage");
    const { nodes, jsEventListeners: listeners } = await this.devtools.send("Memory.getDOMCounters");
    const { usedSize: heap } = await this.devtools.send("Runtime.getHeapUsage");
    const timers = await this.page.evaluate(() => window.wallPolls.timers.size);
    return { heap, nodes, listeners, timers };
  }
}

function countPollsAndTimers(): void {
  const polls: Window["wallPolls"] = { begun: 0, answered: 0, underWay: new Set(), timers: new Set() };
  window.wallPolls = polls;
  const fetch = window.fetch.bind(window);
  window.fetch = (...given) => {
    const asking = fetch(...given);
    const [address] = given;
    const isPoll = typeof address === "string" && address.startsWith("/api/v1/endpoints");
    if (isPoll) polls.begun += 1;
    const ended = asking.then(
      () => (isPoll ? (polls.answered += 1) : 0),
      () => 0,
    );
    polls.underWay.add(ended);
    void ended.then(() => polls.underWay.delete(ended));
    return asking;
  };
  // The timers are replaced after this, and before the first element of the page exists.
  new MutationObserver((_, observer) => {
    observer.disconnect();
    const setTimer = window.setTimeout.bind(window);
    const setRepeated = window.setInterval.bind(window);
    const clears = [window.clearTimeout.bind(window), window.clearInterval.bind(window)] as const;
    const note = (id: number) => {
      polls.timers.add(id);
      return id;
    };
    const clear = (nth: 0 | 1) => (id?: number) => {
      if (id !== undefined) polls.timers.delete(id);
      clears[nth](id);
    };
    Object.assign(window, {
      setTimeout: (act: (...given: unknown[]) => void, delay?: number, ...given: unknown[]) => {
        const id: number = setTimer(() => {
          polls.timers.delete(id);
          act(...given);
        }, delay);
        return note(id);
      },
      setInterval: (act: () => void, delay?: number) => note(setRepeated(act, delay)),
      clearTimeout: clear(0),
      clearInterval: clear(1),
    });
  }).observe(document, { childList: true });
}

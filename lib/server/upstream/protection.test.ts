import { describe, expect, it, vi } from "vitest";

import type { CauseCode } from "@/lib/domain/cause";

import { UpstreamFailure } from "./failure";
import { createProtection } from "./protection";

function failure(code: CauseCode, retryAfter: number | null = null): UpstreamFailure {
  return new UpstreamFailure({ code, message: `In words: ${code}.`, detail: code, status: 500, retryAfter });
}

/** A protection with its own clock, and a count of the calls that it made. */
function start() {
  let tick = 5_000;
  let made = 0;
  const protection = createProtection(() => tick);
  const call = (outcome: UpstreamFailure | "fine" | Promise<string>): Promise<string | UpstreamFailure> =>
    protection
      .guard(() => {
        made += 1;
        return outcome instanceof UpstreamFailure ? Promise.reject(outcome) : Promise.resolve(outcome);
      })
      .catch((error: unknown) => {
        if (error instanceof UpstreamFailure) return error;
        throw error;
      });
  return {
    ...protection,
    call,
    made: () => made,
    pass: (milliseconds: number) => {
      tick += milliseconds;
    },
    /** Opens the circuit. */
    open: async () => {
      for (let count = 0; count < 8; count += 1) await call(failure("upstream_error"));
    },
  };
}

describe("a prescribed pause", () => {
  it("holds back every call until it is over, with the message of the failure that prescribed it", async () => {
    const { call, made, pass, findHold } = start();
    await call(failure("rate_limited", 20_000));
    expect(await call("fine")).toMatchObject({
      code: "rate_limited",
      message: "In words: rate_limited.",
      detail: "held back",
      retryAfter: 20_000,
      status: 500,
    });
    pass(19_999);
    expect(await call("fine")).toMatchObject({ retryAfter: 1 });
    expect(findHold()).toMatchObject({ retryAfter: 1 });
    expect(made()).toBe(1);
    pass(1);
    expect(findHold()).toBeNull();
    expect(await call("fine")).toBe("fine");
  });

  it("is the longest of those prescribed to concurrent calls", async () => {
    const { call, pass } = start();
    const prescribed = [failure("rate_limited", 60_000), failure("rate_limited", 1_000)];
    await Promise.all(prescribed.map((each) => call(each)));
    pass(30_000);
    expect(await call("fine")).toMatchObject({ code: "rate_limited", retryAfter: 30_000 });
  });

  it("is not prolonged by the calls that it holds back", async () => {
    const { call, pass } = start();
    await call(failure("rate_limited", 1_000));
    for (let count = 0; count < 10; count += 1) await call("fine");
    pass(1_000);
    expect(await call("fine")).toBe("fine");
  });

  it("ends when the key is replaced", async () => {
    const { call, clearHolds } = start();
    await call(failure("rate_limited", 900_000));
    clearHolds();
    expect(await call("fine")).toBe("fine");
  });

  it("does not apply to the new key if a reply to the former key prescribes it", async () => {
    const { guard, call, clearHolds, findHold } = start();
    const underWay = guard(async () => {
      clearHolds();
      return Promise.reject(failure("rate_limited", 900_000));
    });
    await expect(underWay).rejects.toMatchObject({ code: "rate_limited" });
    expect(findHold()).toBeNull();
    expect(await call("fine")).toBe("fine");
    await call(failure("rate_limited", 1_000));
    expect(findHold()).toMatchObject({ retryAfter: 1_000 });
  });
});

describe("the circuit", () => {
  it.each<CauseCode>(["unreachable", "timed_out", "secure_connection_failed", "upstream_error"])(
    "opens after eight in a row of %s",
    async (code) => {
      const { call, made } = start();
      for (let count = 0; count < 7; count += 1) await call(failure(code));
      expect(await call(failure(code))).toMatchObject({ detail: code });
      expect(await call("fine")).toMatchObject({ code, message: `In words: ${code}.`, detail: "held back" });
      expect(made()).toBe(8);
    },
  );

  it.each<CauseCode>(["not_found", "key_rejected", "key_lacks_access", "unreadable_reply", "rate_limited"])(
    "stays closed after any number of %s, which shows that Cerebras is up",
    async (code) => {
      const { call } = start();
      for (let count = 0; count < 30; count += 1) await call(failure(code));
      expect(await call("fine")).toBe("fine");
    },
  );

  it("counts only failures after the last answer, good or not", async () => {
    const { call, made } = start();
    for (let count = 0; count < 5; count += 1) {
      for (let outage = 0; outage < 7; outage += 1) await call(failure("upstream_error"));
      await call(count % 2 === 0 ? "fine" : failure("not_found"));
    }
    expect(made()).toBe(40);
  });

  it("stays closed while some endpoints are answered and others fail", async () => {
    const { call, pass } = start();
    for (let round = 0; round < 10; round += 1) {
      expect(await call("fine")).toBe("fine");
      for (let count = 0; count < 12; count += 1)
        expect(await call(failure("upstream_error"))).toMatchObject({ detail: "upstream_error" });
      pass(9_000);
    }
  });

  it("opens once nothing was answered for 10 s", async () => {
    const { call, pass } = start();
    await call("fine");
    for (let count = 0; count < 8; count += 1) await call(failure("timed_out"));
    pass(10_000);
    expect(await call(failure("timed_out"))).toMatchObject({ detail: "timed_out" });
    expect(await call("fine")).toMatchObject({ detail: "held back" });
  });

  it("lets one call through every 10 s, and the others wait for its result", async () => {
    const { call, made, pass, open } = start();
    await open();
    pass(9_999);
    expect(await call("fine")).toMatchObject({ detail: "held back", retryAfter: 1 });
    pass(1);
    const outcomes = await Promise.all([1, 2, 3].map(() => call(failure("upstream_error"))));
    expect(outcomes.map((outcome) => (typeof outcome === "string" ? outcome : outcome.detail))).toEqual([
      "upstream_error",
      "held back",
      "held back",
    ]);
    expect(made()).toBe(9);
    expect(await call("fine")).toMatchObject({ detail: "held back", retryAfter: 10_000 });
    pass(10_000);
    expect(await call("fine")).toBe("fine");
    expect(await call("fine")).toBe("fine");
  });

  it.each<CauseCode>(["not_found", "key_rejected"])(
    "closes when the probe is answered with %s",
    async (code) => {
      const { call, pass, open } = start();
      await open();
      pass(10_000);
      await call(failure(code));
      expect(await call("fine")).toBe("fine");
    },
  );

  it("uses the monotonic clock", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const { call, pass, open } = start();
      await open();
      vi.setSystemTime(Date.now() + 86_400_000);
      expect(await call("fine")).toMatchObject({ detail: "held back" });
      vi.setSystemTime(Date.now() - 2 * 86_400_000);
      pass(10_000);
      expect(await call("fine")).toBe("fine");
    } finally {
      vi.useRealTimers();
    }
  });

  it("rethrows errors that upstream did not cause, and does not count them", async () => {
    const { guard, call } = start();
    for (let count = 0; count < 20; count += 1) {
      await expect(guard(() => Promise.reject(new RangeError("ours")))).rejects.toThrow("ours");
    }
    expect(await call("fine")).toBe("fine");
  });
});

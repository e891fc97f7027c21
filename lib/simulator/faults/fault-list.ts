import type { Fault, RequestFault } from "./fault";
import { isRequestFault } from "./fault";

/** An active fault. `seen` counts matching requests, `applied` those it was applied to. */
export type ActiveFault = {
  readonly id: string;
  readonly fault: Fault;
  /** When it was made, in virtual milliseconds. */
  readonly madeAtMs: number;
  seen: number;
  applied: number;
};

/** The fault that applies to a request. */
export type MatchedFault = { readonly id: string; readonly fault: RequestFault };

/** The active faults; of several that match a request, the one made last applies. */
export class FaultList {
  #faults: ActiveFault[] = [];
  #made = 0;

  add(fault: Fault, madeAtMs: number): ActiveFault {
    this.#made += 1;
    const active = { id: `fault-${this.#made}`, fault, madeAtMs, seen: 0, applied: 0 };
    this.#faults.push(active);
    return active;
  }

  list(): readonly ActiveFault[] {
    return this.#faults;
  }

  remove(id: string): boolean {
    const kept = this.#faults.filter((active) => active.id !== id);
    const removed = kept.length < this.#faults.length;
    this.#faults = kept;
    return removed;
  }

  clear(): void {
    this.#faults = [];
  }

  isRefusing(): boolean {
    return this.#faults.some(({ fault }) => fault.kind === "refuse");
  }

  isUnlisted(endpointId: string): boolean {
    return this.#faults.some(({ fault }) => fault.kind === "unlist" && fault.endpointId === endpointId);
  }

  /** When every endpoint's `updated` stopped moving, in virtual milliseconds: -Infinity for its creation; null if it moves. */
  updatedFrozenAtMs(): number | null {
    const frozen = this.#faults.find(({ fault }) => fault.kind === "freeze-updated");
    if (frozen?.fault.kind !== "freeze-updated") return null;
    return frozen.fault.to === "now" ? frozen.madeAtMs : -Infinity;
  }

  /** Counts the request for every fault that matches it, and returns the one that applies. */
  match(method: string, rawPath: string): MatchedFault | undefined {
    let matched: MatchedFault | undefined;
    for (const active of this.#faults.toReversed()) {
      const { fault } = active;
      if (!isRequestFault(fault) || !matches(fault, method, rawPath)) continue;
      active.seen += 1;
      const isSpent = fault.times !== undefined && active.applied >= fault.times;
      if (matched !== undefined || active.seen <= fault.after || isSpent) continue;
      active.applied += 1;
      matched = { id: active.id, fault };
    }
    return matched;
  }
}

function matches(fault: RequestFault, method: string, rawPath: string): boolean {
  if (fault.method !== undefined && fault.method !== method) return false;
  if (fault.path !== undefined && !rawPath.startsWith(fault.path)) return false;
  return fault.pattern === undefined || new RegExp(fault.pattern).test(rawPath);
}

/** The result of a check. `unknown`: it could not run, because something else must be fixed or finished first. */
export type CheckState = "ok" | "warning" | "failing" | "unknown";

/** One line of the doctor: what was checked, what was found, and what to do about it. */
export type Check = {
  name: string;
  state: CheckState;
  says: string;
  /** Null where there is nothing to do. */
  remedy: string | null;
};

/** The worst state among the checks. */
export function worstState(checks: readonly Check[]): CheckState {
  const order = ["failing", "unknown", "warning"] as const;
  return order.find((state) => checks.some((check) => check.state === state)) ?? "ok";
}

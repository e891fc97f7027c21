/** How a check went; `unknown`: it could not be made, because something else has to be mended or awaited first. */
export type CheckState = "ok" | "warning" | "failing" | "unknown";

/** One line of the doctor: what was looked at, what was found, and what to do where that is not well. */
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

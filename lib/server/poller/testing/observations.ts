import type { Observation } from "@/lib/domain/observation";

import { deployment } from "./reports";

/** One observation for each wait in milliseconds, each with another count than the one before. */
export function toStates(waits: readonly number[]): [Observation, ...Observation[]] {
  let at = 0;
  const [first, ...others] = waits.map((wait, nth): Observation => {
    const notBefore = nth === 0 ? null : at;
    at += wait;
    return { at, notBefore, state: deployment({ updatedReplicas: nth }).state };
  });
  if (first === undefined) throw new Error("No wait was given.");
  return [first, ...others];
}

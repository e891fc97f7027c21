import type { Scenario } from "../scenario";
import { demo } from "./demo";
import { slow, smoothRollout, steady } from "./solo";

/** Every scenario, in the order in which they are listed. */
export const SCENARIOS: readonly Scenario[] = [demo, steady, smoothRollout, slow];

/** The scenario of that name, or undefined. */
export function findScenario(name: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.name === name);
}

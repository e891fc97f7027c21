import type { Scenario } from "../scenario";
import { demo } from "./demo";
import { everyStatus, missingCounts, publishedExample, sevenOfFive, unknownStatus } from "./every-status";
import { fleet } from "./fleet";
import { fleetSizes, oneOrganization } from "./fleet-sizes";
import { hostileText } from "./hostile-text";
import { oddFields } from "./odd-fields";
import { noEndpoints, nothingDeployed, slow, smoothRollout, steady } from "./solo";
import {
  cancelled,
  failed,
  failing,
  incident,
  notStarted,
  overlapping,
  regressing,
  rolledBack,
  rollingBack,
  stuck,
} from "./troubled";

/** Every scenario, in the order in which they are listed. */
export const SCENARIOS: readonly Scenario[] = [
  demo,
  fleet,
  ...fleetSizes,
  ...oneOrganization,
  everyStatus,
  steady,
  smoothRollout,
  slow,
  notStarted,
  stuck,
  failed,
  failing,
  rollingBack,
  rolledBack,
  cancelled,
  regressing,
  overlapping,
  incident,
  publishedExample,
  missingCounts,
  sevenOfFive,
  unknownStatus,
  oddFields,
  hostileText,
  nothingDeployed,
  noEndpoints,
];

/** The scenario of that name, or undefined. */
export function findScenario(name: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.name === name);
}

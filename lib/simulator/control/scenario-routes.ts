import { z } from "zod";
import { findScenario, SCENARIOS } from "../scenarios/catalog";
import type { Simulation } from "../simulation";
import { ControlError } from "./control-error";
import { parse } from "./parse";
import type { ControlRequest, ControlRoute } from "./route";

const MAX_SPEED = 1000;
const WEEK_MS = 604_800_000;

const speed = z.number().positive().max(MAX_SPEED);
const scenarioBody = z.strictObject({ name: z.string(), speed: speed.optional(), seed: z.int().optional() });
const clockBody = z.strictObject({
  speed: speed.optional(),
  paused: z.boolean().optional(),
  advanceMs: z.number().min(0).max(WEEK_MS).optional(),
});
const keys = z.array(z.string().min(1));
const keyBody = z.strictObject({ accepted: keys.optional(), inference: keys.optional() });

/** The running scenario, its clock, the accepted keys, and everything at a glance. */
export const scenarioRoutes: readonly ControlRoute[] = [
  { method: "GET", pattern: /^\/state$/, handle: readState },
  {
    method: "GET",
    pattern: /^\/scenarios$/,
    handle: () => SCENARIOS.map(({ name, about }) => ({ name, about })),
  },
  { method: "POST", pattern: /^\/scenario$/, handle: startScenario },
  { method: "POST", pattern: /^\/clock$/, handle: setClock },
  { method: "PUT", pattern: /^\/key$/, handle: setKeys },
];

function readState({ simulation, port }: ControlRequest): object {
  const { world, clock, faults, acceptedKeys } = simulation;
  const now = clock.now();
  return {
    upstream: { url: port.url(), listening: !faults.isRefusing() },
    scenario: simulation.scenario.name,
    seed: simulation.seed,
    clock: clockView(simulation),
    acceptedKeys: [...acceptedKeys],
    orgs: world.orgs(),
    faults: faults.list(),
    endpoints: world.endpoints().map((endpoint) => ({
      id: endpoint.id,
      org: endpoint.org,
      arch: endpoint.arch,
      created: endpoint.created,
      updated: world.updated(endpoint, now),
      unlisted: faults.isUnlisted(endpoint.id),
      deployments: world.wireDeployments(endpoint, now),
    })),
  };
}

async function startScenario({ simulation, port, body }: ControlRequest): Promise<object> {
  const { name, ...tempo } = parse(scenarioBody, body);
  const scenario = findScenario(name);
  if (scenario === undefined) {
    throw new ControlError(400, `name: no scenario is called '${name}'; GET /scenarios lists them`);
  }
  simulation.load(scenario, tempo);
  await port.setOpen(true);
  return { scenario: name, seed: simulation.seed, clock: clockView(simulation) };
}

function setClock({ simulation, body }: ControlRequest): object {
  const change = parse(clockBody, body);
  const { clock } = simulation;
  simulation.changes();
  if (change.speed !== undefined) clock.setSpeed(change.speed);
  if (change.paused !== undefined) clock.setPaused(change.paused);
  if (change.advanceMs !== undefined) clock.advance(change.advanceMs);
  simulation.changes();
  return clockView(simulation);
}

function setKeys({ simulation, body }: ControlRequest): object {
  const { accepted, inference } = parse(keyBody, body);
  if (accepted !== undefined) simulation.acceptKeys(accepted);
  if (inference !== undefined) simulation.acceptInferenceKeys(inference);
  return {
    at: Date.now(),
    accepted: [...simulation.acceptedKeys],
    inference: [...simulation.inferenceKeys],
  };
}

function clockView({ clock }: Simulation): object {
  const { speed: currentSpeed, paused, startedAtMs } = clock;
  return { virtualMs: clock.now(), speed: currentSpeed, paused, startedAt: startedAtMs, at: clock.realNow() };
}

import { z } from "zod";
import { deployRollout, failRollout } from "../deploy-rollout";
import { isJsonObject, jsonObject, jsonValue } from "../json";
import type { EndpointRecord } from "../world";
import { ControlError } from "./control-error";
import { parse } from "./parse";
import type { ControlRequest, ControlRoute } from "./route";

const endpointBody = z.strictObject({
  org: z.string().min(1),
  arch: z.string().min(1),
  created: jsonValue.default(() => Math.floor(Date.now() / 1000)),
  updated: jsonValue.optional(),
  deployments: z.array(jsonValue).default([]),
});

const deployBody = z.strictObject({
  version: z.union([z.int().min(1), z.string().min(1)]).optional(),
  alias: z.string().optional(),
  replicas: z.int().min(1).max(10_000).optional(),
  maxUnavailable: z.int().min(0).max(10_000).optional(),
  msPerReplica: z.number().positive().optional(),
  failAt: z.int().min(0).max(10_000).optional(),
  harm: z
    .strictObject({ failureShare: z.number().min(0).max(1), slowness: z.number().min(1).max(100) })
    .optional(),
});

/** Endpoints and deployments changed by hand. */
export const endpointRoutes: readonly ControlRoute[] = [
  { method: "PUT", pattern: /^\/endpoints\/([^/]+)$/, handle: putEndpoint },
  { method: "DELETE", pattern: /^\/endpoints\/([^/]+)$/, handle: removeEndpoint },
  { method: "PATCH", pattern: /^\/endpoints\/([^/]+)\/deployments\/([^/]+)$/, handle: patchDeployment },
  { method: "POST", pattern: /^\/endpoints\/([^/]+)\/deploy$/, handle: deploy },
  { method: "POST", pattern: /^\/endpoints\/([^/]+)\/fail$/, handle: failNewest },
];

function putEndpoint({ simulation, params: [id = ""], body }: ControlRequest): object {
  const { deployments, updated, ...rest } = parse(endpointBody, body);
  const changes = simulation.changes();
  simulation.world.put({
    id,
    ...rest,
    ...(updated === undefined ? {} : { updated }),
    deployments: deployments.map((value) => ({ kind: "raw", value })),
  });
  const at = Date.now();
  for (const wire of deployments) changes.note(at, id, wire);
  return { at, id };
}

function removeEndpoint({ simulation, params: [id = ""] }: ControlRequest): object {
  simulation.changes();
  if (!simulation.world.remove(id)) throw unknownEndpoint(id);
  return { at: Date.now() };
}

function patchDeployment({ simulation, params: [id = "", deploymentId = ""], body }: ControlRequest): object {
  const endpoint = requireEndpoint(simulation.world.endpoint(id), id);
  const fields = parse(jsonObject, body);
  const { world, clock } = simulation;
  const changes = simulation.changes();
  const read = () =>
    world
      .wireDeployments(requireEndpoint(world.endpoint(id), id), clock.now())
      .find((wire) => isJsonObject(wire) && wire["id"] === deploymentId);
  if (read() === undefined) throw new ControlError(404, `'${id}' lists no deployment '${deploymentId}'`);
  world.patch(endpoint, deploymentId, fields);
  const at = Date.now();
  const deployment = read() ?? fields;
  changes.note(at, id, deployment);
  return { at, deployment };
}

function deploy({ simulation, params: [id = ""], body }: ControlRequest): object {
  const endpoint = requireEndpoint(simulation.world.endpoint(id), id);
  return deployRollout(simulation, endpoint, parse(deployBody, body));
}

function failNewest({ simulation, params: [id = ""] }: ControlRequest): object {
  return failRollout(simulation, requireEndpoint(simulation.world.endpoint(id), id));
}

function requireEndpoint(endpoint: EndpointRecord | undefined, id: string): EndpointRecord {
  if (endpoint === undefined) throw unknownEndpoint(id);
  return endpoint;
}

function unknownEndpoint(id: string): ControlError {
  return new ControlError(404, `No endpoint is called '${id}'`);
}

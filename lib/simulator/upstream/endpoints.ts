import type { Simulation } from "../simulation";
import type { EndpointRecord } from "../world";
import type { Answer } from "./answer";
import { json, problem } from "./answer";
import { toStatusBody } from "./status-body";

/** GET /management/v1/orgs/{org}/endpoints */
export function endpointList(simulation: Simulation, [org = ""]: readonly string[]): Answer {
  const { world, clock, faults } = simulation;
  if (!world.hasOrg(org)) return problem(404, `Organization '${org}' not found`);
  const now = clock.now();
  const listed = world.endpoints().filter((one) => one.org === org && !faults.isUnlisted(one.id));
  return json({
    endpoints: listed.map((endpoint) => ({
      endpoint_id: endpoint.id,
      model_arch_id: endpoint.arch,
      created: endpoint.created,
      updated: world.updated(endpoint, faults.updatedFrozenAtMs() ?? now),
      org_name: endpoint.org,
    })),
  });
}

/** GET /management/v1/endpoints/{id} */
export function endpointStatus(simulation: Simulation, [id = ""]: readonly string[]): Answer {
  const { world, clock, faults } = simulation;
  const endpoint = findEndpoint(simulation, id);
  if (endpoint === undefined) return problem(404, `Endpoint '${id}' not found`);
  const now = clock.now();
  return json({
    ...toStatusBody(world, endpoint, now),
    updated: world.updated(endpoint, faults.updatedFrozenAtMs() ?? now),
  });
}

/** The endpoint, unless it is unknown or a fault has taken it away. */
export function findEndpoint({ world, faults }: Simulation, id: string): EndpointRecord | undefined {
  return faults.isUnlisted(id) ? undefined : world.endpoint(id);
}

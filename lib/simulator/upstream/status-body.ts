import type { JsonObject } from "../json";
import type { EndpointRecord, World } from "../world";

/** The body of `GET /management/v1/endpoints/{id}` at `virtualMs`. */
export function toStatusBody(world: World, endpoint: EndpointRecord, virtualMs: number): JsonObject {
  return {
    name: endpoint.id,
    model_arch_id: endpoint.arch,
    deployed_models: world.wireDeployments(endpoint, virtualMs),
    managing_org_name: endpoint.org,
    created: endpoint.created,
    updated: world.updated(endpoint, virtualMs),
  };
}

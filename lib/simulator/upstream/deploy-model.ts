import { z } from "zod";
import { deployRollout } from "../deploy-rollout";
import type { Simulation } from "../simulation";
import type { Answer } from "./answer";
import { json, problem } from "./answer";
import { findEndpoint } from "./endpoints";
import { findVersion } from "./model-versions";

const deployBody = z.object({
  model: z.string().regex(/^orgs\/[^/]+\/models\/[^/]+\/versions\/[^/]+$/),
});

/** POST /management/v1/endpoints/{id}:deployModel: begins a smooth rollout of the named version. */
export function deployModel(simulation: Simulation, [id = ""]: readonly string[], body: string): Answer {
  const endpoint = findEndpoint(simulation, id);
  if (endpoint === undefined) return problem(404, `Endpoint '${id}' not found`);
  const parsed = deployBody.safeParse(parseJson(body));
  if (!parsed.success) {
    const msg = "Expected orgs/<org>/models/<arch>/versions/<version or alias>";
    return problem(422, [{ loc: ["body", "model"], msg, type: "value_error" }]);
  }
  const [, org = "", , arch = "", , reference = ""] = parsed.data.model.split("/");
  if (org !== endpoint.org) return problem(404, `Organization '${org}' not found`);
  if (arch !== endpoint.arch) return problem(400, `Endpoint '${id}' serves ${endpoint.arch}, not ${arch}`);
  const version = /^\d+$/.test(reference)
    ? Number(reference)
    : findVersion(simulation, org, arch, reference)?.version;
  if (version === undefined) return problem(404, `Model version '${reference}' not found`);
  const deployment = deployRollout(simulation, endpoint, { version, alias: reference });
  const created = Math.floor(deployment.at / 1000);
  return json({
    name: deployment.deploymentId,
    done: false,
    response: {
      deployment_id: deployment.deploymentId,
      endpoint_id: id,
      org_name: org,
      model_arch_id: arch,
      version_id: version,
      created,
      updated: created,
      rollout_status: "not_started",
    },
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

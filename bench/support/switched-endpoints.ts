import { createServer } from "node:http";

import { portOf } from "../../e2e/support/rollcall";

type Deployment = { id: string; rollout_status: string; created: number } & Record<string, unknown>;

const listing = "/management/v1/orgs/acme/endpoints";
const prefix = "/management/v1/endpoints/";
const replicas = 4;

/** An upstream with this many endpoints, all done at first, whose rollouts begin and end on demand. */
export async function startSwitchedEndpoints(count: number) {
  const deployments = new Map<string, Deployment[]>();
  for (let nth = 0; nth < count; nth += 1)
    deployments.set(`acme-${nth}`, [toDeployment(`acme-${nth}`, 0, "done")]);
  const server = createServer(({ url = "" }, response) => {
    const name = url.slice(prefix.length);
    const body = url.startsWith(listing)
      ? { endpoints: [...deployments.keys()].map((id) => ({ endpoint_id: id })) }
      : { name, managing_org_name: "acme", deployed_models: deployments.get(name) ?? [] };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    /** The first rollouts and their statuses. */
    first: new Map([...deployments.values()].flat().map(({ id, rollout_status }) => [id, rollout_status])),
    /** Begins the rollout with this number on every endpoint. Returns their names and statuses. */
    begin: (nth: number): Map<string, string> => put(nth, () => "in_progress"),
    /** Ends it: on every third endpoint with an error. */
    end: (nth: number): Map<string, string> => put(nth, (place) => (place % 3 === 0 ? "error" : "done")),
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };

  function put(nth: number, toStatus: (place: number) => string): Map<string, string> {
    return new Map(
      [...deployments.keys()].map((id, place) => {
        const next = toDeployment(id, nth, toStatus(place));
        const others = (deployments.get(id) ?? []).filter((each) => each.id !== next.id);
        deployments.set(id, [next, ...others].slice(0, 3));
        return [next.id, next.rollout_status];
      }),
    );
  }
}

function toDeployment(endpointId: string, nth: number, status: string): Deployment {
  return {
    id: `${endpointId}-r${nth}`,
    model: `orgs/acme/models/qwen-3-32b/versions/${nth + 1}`,
    rollout_status: status,
    updated_replicas: status === "done" ? replicas : 1,
    total_replicas: replicas,
    created: Math.floor(Date.now() / 1_000),
    ...(status === "error" ? { error_message: "out of memory" } : {}),
  };
}

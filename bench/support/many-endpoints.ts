import { createServer } from "node:http";

import { portOf } from "../../e2e/support/rollcall";

const listing = "/management/v1/orgs/acme/endpoints";
const prefix = "/management/v1/endpoints/";

/**
 * An upstream with this many endpoints, each in the middle of a rollout, or with another count in each reply if
 * `isChanging`. `questions`: the times of the requests (epoch ms).
 */
export async function startManyEndpoints(count: number, { isChanging = false } = {}) {
  const replies = new Map<string, number>();
  const nextReply = (id: string) => {
    const nth = replies.get(id) ?? 0;
    replies.set(id, nth + 1);
    return toEndpoint(id, isChanging ? nth : 5);
  };
  const ids = Array.from({ length: count }, (_, nth) => `acme-${String(nth).padStart(5, "0")}`);
  const questions: number[] = [];
  const server = createServer(({ url = "" }, response) => {
    const body = url.startsWith(prefix)
      ? nextReply(url.slice(prefix.length))
      : { endpoints: url.startsWith(listing) ? ids.map((id) => ({ endpoint_id: id })) : [] };
    if (url.startsWith(prefix)) questions.push(Date.now());
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    questions,
    settings: {
      CEREBRAS_MANAGEMENT_API_KEY: "csk-bench-management-key",
      CEREBRAS_API_URL: `http://127.0.0.1:${portOf(server)}`,
      CEREBRAS_ORG: "acme",
    },
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const replicas = 12;

/** The reply with this number: a rollout gains a replica in each, and the next one begins when it has all. */
function toEndpoint(id: string, nth: number) {
  const number = Math.floor(nth / replicas);
  const deployment = {
    id: `${id}-v${8 + number}`,
    rollout_status: "in_progress",
    updated_replicas: nth % replicas,
    total_replicas: replicas,
    created: 1_700_000_000 + number,
  };
  return { name: id, managing_org_name: "acme", deployed_models: [deployment] };
}

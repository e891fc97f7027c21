import { nothingSchema } from "@/lib/contract/nothing";
import { endpointChangeRoute } from "@/lib/server/http/change-route";
import { endpointRoute } from "@/lib/server/http/get-route";
import { toProblemResponse } from "@/lib/server/http/problem";
import {
  acknowledge,
  readAcknowledged,
  takeBackAcknowledgement,
} from "@/lib/server/services/acknowledgements";

type Params = { endpointId: string; deploymentId: string };

/** Whether somebody has acknowledged the failure of a rollout. */
export const GET = endpointRoute("endpoint:acknowledge", ({ endpointId, deploymentId }: Params) =>
  readAcknowledged(endpointId, deploymentId),
);

/** Acknowledges the failure of the current rollout. */
export const POST = endpointChangeRoute(
  "endpoint:acknowledge",
  nothingSchema,
  async (person, { params }: { params: Params }) => {
    const done = await acknowledge(person, params.endpointId, params.deploymentId);
    return done !== null && "hasFailed" in done
      ? toProblemResponse(409, "Only the failure of an endpoint's newest rollout can be acknowledged.")
      : done;
  },
);

/** Takes an acknowledgement back. */
export const DELETE = endpointChangeRoute(
  "endpoint:acknowledge",
  nothingSchema,
  (_, { params }: { params: Params }) => takeBackAcknowledgement(params.endpointId, params.deploymentId),
);

import { acknowledgedSchema } from "@/lib/contract/acknowledgement";
import { endpointChangeRoute, nothingSchema, type PersonRequest } from "@/lib/server/http/change-route";
import { endpointRoute } from "@/lib/server/http/read-route";
import {
  acknowledge,
  readAcknowledged,
  withdrawAcknowledgement,
} from "@/lib/server/services/acknowledgements";

type Params = { endpointId: string; deploymentId: string };

/** Whether the failure of a rollout has been acknowledged. */
export const GET = endpointRoute("endpoint:acknowledge", (ctx, { params }: { params: Params }) =>
  readAcknowledged(ctx, params),
);

/** Acknowledges the failure of the current rollout. */
export const POST = endpointChangeRoute(
  "endpoint:acknowledge",
  { body: nothingSchema, answer: acknowledgedSchema },
  (ctx, { person, params }: PersonRequest<Params>) => acknowledge(ctx, { person, rolloutId: params }),
);

/** Withdraws an acknowledgement. */
export const DELETE = endpointChangeRoute(
  "endpoint:acknowledge",
  { body: nothingSchema, answer: acknowledgedSchema },
  (ctx, { person, params }: PersonRequest<Params>) =>
    withdrawAcknowledgement(ctx, { person, rolloutId: params }),
);

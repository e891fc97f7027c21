import { endingSchema } from "@/lib/contract/sign-in";
import { nothingSchema, personChangeRoute, type PersonRequest } from "@/lib/server/http/change-route";
import { endSession } from "@/lib/server/services/sessions";

/** Ends one session, from its next request on. */
export const DELETE = personChangeRoute(
  "session:read",
  { body: nothingSchema, answer: endingSchema },
  (ctx, { person, params }: PersonRequest<{ sessionId: string }>) =>
    endSession(ctx, { person, sessionId: params.sessionId }),
);

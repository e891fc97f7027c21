import { nothingSchema } from "@/lib/contract/nothing";
import { personRoute } from "@/lib/server/http/change-route";
import { endSession } from "@/lib/server/services/sessions";

/** Ends one session: its next request fails. */
export const DELETE = personRoute(
  "session:read",
  nothingSchema,
  (person, { params }: { params: { sessionId: string } }) => endSession(person, params.sessionId),
);

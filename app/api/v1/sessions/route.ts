import { endingSchema } from "@/lib/contract/sign-in";
import { nothingSchema, personChangeRoute } from "@/lib/server/http/change-route";
import { personRoute } from "@/lib/server/http/read-route";
import { endOwnSessions, readSessions } from "@/lib/server/services/sessions";

/** A person's own sessions, or all for an administrator. */
export const GET = personRoute("session:read", readSessions);

/** Ends all of a person's own sessions, including this one. */
export const DELETE = personChangeRoute(
  "session:read",
  { body: nothingSchema, answer: endingSchema },
  (ctx, { person }) => endOwnSessions(ctx, person),
);

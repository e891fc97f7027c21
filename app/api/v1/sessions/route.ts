import { nothingSchema } from "@/lib/contract/nothing";
import { personRoute } from "@/lib/server/http/change-route";
import { readForPerson } from "@/lib/server/http/get-route";
import { endOwnSessions, readSessions } from "@/lib/server/services/sessions";

/** One's own sessions; an administrator's list has everybody's. */
export const GET = readForPerson("session:read", readSessions);

/** Ends all of one's own sessions, this one included. */
export const DELETE = personRoute("session:read", nothingSchema, endOwnSessions);

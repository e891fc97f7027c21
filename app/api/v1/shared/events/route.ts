import { sharedRoute } from "@/lib/server/http/read-route";
import { readEvents } from "@/lib/server/services/events";

/** The newest events of the endpoint that a guest link opens. */
export const GET = sharedRoute(readEvents);

import { getRoute } from "@/lib/server/http/get-route";
import { readFleet } from "@/lib/server/services/read-fleet";

/** Every watched endpoint that the asker may see, and what the watcher is doing. */
export const GET = getRoute("fleet:read", ({ principal, query }) => readFleet(principal, query.get("since")));

import { getRoute } from "@/lib/server/http/get-route";
import { readFleet } from "@/lib/server/services/read-fleet";

/** Every watched endpoint, and what the watcher is doing. */
export const GET = getRoute(() => readFleet());

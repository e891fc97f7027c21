import { waitRead } from "@/lib/server/http/polled-reads";
import { readRoute } from "@/lib/server/http/read-route";

/** How a rollout of an endpoint ends, once that is known. */
export const GET = readRoute(waitRead);

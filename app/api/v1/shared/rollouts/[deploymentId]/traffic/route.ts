import { sharedRoute } from "@/lib/server/http/read-route";
import { readTraffic } from "@/lib/server/services/traffic";

/** What callers felt of one rollout of the endpoint that a guest link opens. */
export const GET = sharedRoute<{ deploymentId: string }>(readTraffic);

import { sharedRoute } from "@/lib/server/http/read-route";
import { readEndpoint } from "@/lib/server/services/endpoints";

/** The endpoint that a guest link opens, as it is known now. */
export const GET = sharedRoute(readEndpoint);

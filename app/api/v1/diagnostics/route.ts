import { getRoute } from "@/lib/server/http/read-route";
import { readCheckCounts } from "@/lib/server/services/diagnostics";

/** How many of the diagnostics need attention. */
export const GET = getRoute("diagnostics:read", (ctx) => readCheckCounts(ctx));

import { getRoute } from "@/lib/server/http/read-route";
import { readOwnScreen } from "@/lib/server/services/screens";

/** What the screen that asks should display. */
export const GET = getRoute("screen:show", (ctx, { principal }) => readOwnScreen(ctx, principal));

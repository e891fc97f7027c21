import { getRoute } from "@/lib/server/http/get-route";
import { readOwnScreen } from "@/lib/server/services/screens";

/** What the screen that asks is to show. */
export const GET = getRoute("screen:show", ({ principal }) => readOwnScreen(principal));

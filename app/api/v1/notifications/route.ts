import { getRoute } from "@/lib/server/http/read-route";
import { readNotifications } from "@/lib/server/services/notifications";

/** Channels, their rules, and the newest deliveries. */
export const GET = getRoute("notifications:manage", readNotifications);

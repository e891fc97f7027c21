import { fleetRead } from "@/lib/server/http/polled-reads";
import { readRoute } from "@/lib/server/http/read-route";

export const GET = readRoute(fleetRead);

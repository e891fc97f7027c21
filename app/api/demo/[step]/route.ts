import { demoRoute } from "@/lib/server/http/demo-route";

export const POST = demoRoute;

import { basicWallRoute } from "@/lib/server/http/basic-wall-route";

export const dynamic = "force-dynamic";

/** The wall for old television browsers: plain HTML that reloads itself. */
export const GET = basicWallRoute;

import { providerRoute } from "@/lib/server/http/provider-route";

/** Where a sign-in with an identity provider begins, and where its answer comes back. */
export const GET = providerRoute;
export const POST = providerRoute;

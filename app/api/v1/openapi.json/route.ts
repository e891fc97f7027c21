import { toOpenApi } from "@/lib/contract/openapi";
import { getRoute } from "@/lib/server/http/get-route";
import { encodeText } from "@/lib/server/services/encoded";

const document = { ...encodeText(JSON.stringify(toOpenApi()), {}), age: null, nextPollIn: 60_000 };

/** The description of this API, generated from the schemas that parse. */
export const GET = getRoute("public:read", () => Promise.resolve(document));

import { toOpenApi } from "@/lib/contract/openapi";
import { getRoute } from "@/lib/server/http/read-route";
import { encodeText } from "@/lib/server/services/answer";

const document = { ...encodeText(JSON.stringify(toOpenApi()), {}), age: null, nextPollIn: 60_000 };

/** The description of this API, generated from the schemas that parse it. */
export const GET = getRoute("public:read", () => Promise.resolve(document));

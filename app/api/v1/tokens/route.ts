import { newServiceTokenSchema, serviceTokenRequestSchema } from "@/lib/contract/service-token";
import { personChangeRoute } from "@/lib/server/http/change-route";
import { serviceTokenForm } from "@/lib/server/http/forms";
import { personRoute } from "@/lib/server/http/read-route";
import { createServiceToken, readServiceTokens } from "@/lib/server/services/service-tokens";

/** Every service token that is not revoked. */
export const GET = personRoute("token:manage", readServiceTokens);

/** Creates a token for a program. */
export const POST = personChangeRoute(
  "token:manage",
  { body: serviceTokenRequestSchema, answer: newServiceTokenSchema, form: serviceTokenForm },
  (ctx, { person, body }) => createServiceToken(ctx, { person, request: body }),
);

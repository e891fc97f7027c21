import { changedScreenSchema } from "@/lib/contract/screen";
import { nothingSchema, personChangeRoute, type PersonRequest } from "@/lib/server/http/change-route";
import { restoreScreen } from "@/lib/server/services/screens";

/** Undoes a revocation of the last 20 s. */
export const POST = personChangeRoute(
  "screen:list",
  { body: nothingSchema, answer: changedScreenSchema },
  (ctx, { person, params: { screenId } }: PersonRequest<{ screenId: string }>) =>
    restoreScreen(ctx, { person, screenId }),
);

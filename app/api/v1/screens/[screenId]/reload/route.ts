import { screenCommandedSchema } from "@/lib/contract/screen";
import { nothingSchema, personChangeRoute, type PersonRequest } from "@/lib/server/http/change-route";
import { commandScreen } from "@/lib/server/services/screens";

/** Asks a screen to load its page again. */
export const POST = personChangeRoute(
  "screen:list",
  { body: nothingSchema, answer: screenCommandedSchema },
  (ctx, { person, params: { screenId } }: PersonRequest<{ screenId: string }>) =>
    commandScreen(ctx, { person, screenId, command: "reload" }),
);

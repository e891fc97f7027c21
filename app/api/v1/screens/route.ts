import { changedScreenSchema, screenRequestSchema } from "@/lib/contract/screen";
import { personChangeRoute } from "@/lib/server/http/change-route";
import { pairForm } from "@/lib/server/http/forms";
import { personRoute } from "@/lib/server/http/read-route";
import { approveScreen, readScreens } from "@/lib/server/services/screens";

/** The screens that a person approved, or all for an administrator. */
export const GET = personRoute("screen:list", readScreens);

/** Approves the screen that shows a code. */
export const POST = personChangeRoute(
  "screen:pair",
  { body: screenRequestSchema, answer: changedScreenSchema, form: pairForm },
  (ctx, { person, body }) => approveScreen(ctx, { person, request: body }),
);

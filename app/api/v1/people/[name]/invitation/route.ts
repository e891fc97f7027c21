import { invitationSchema } from "@/lib/contract/people";
import { nothingSchema, personChangeRoute, type PersonRequest } from "@/lib/server/http/change-route";
import { renewInvitation } from "@/lib/server/services/people";

/** Makes a new one-time link for someone who has an account; the former password stops working. */
export const POST = personChangeRoute(
  "people:manage",
  { body: nothingSchema, answer: invitationSchema },
  (ctx, { person, params: { name } }: PersonRequest<{ name: string }>) =>
    renewInvitation(ctx, { person, name }),
);

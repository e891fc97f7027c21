import { invitationRequestSchema, invitationSchema } from "@/lib/contract/people";
import { personChangeRoute } from "@/lib/server/http/change-route";
import { inviteForm } from "@/lib/server/http/forms";
import { personRoute } from "@/lib/server/http/read-route";
import { invitePerson } from "@/lib/server/services/people";
import { readPeople } from "@/lib/server/services/people-list";

/** Accounts, and people of an identity provider who are signed in. */
export const GET = personRoute("people:manage", readPeople);

/** Creates an account that its owner enters with a one-time link. */
export const POST = personChangeRoute(
  "people:manage",
  { body: invitationRequestSchema, answer: invitationSchema, form: inviteForm },
  (ctx, { person, body }) => invitePerson(ctx, { person, request: body }),
);

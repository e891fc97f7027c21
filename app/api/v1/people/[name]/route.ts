import {
  accessChangeSchema,
  changedPersonSchema,
  removedPersonSchema,
  type AccessChange,
} from "@/lib/contract/people";
import { nothingSchema, personChangeRoute, type PersonRequest } from "@/lib/server/http/change-route";
import { changePerson, removePerson } from "@/lib/server/services/people";

type Params = { name: string };

/** Changes a person's role and organizations, from their next request on. */
export const PATCH = personChangeRoute(
  "people:manage",
  { body: accessChangeSchema, answer: changedPersonSchema },
  (ctx, { person, params: { name }, body }: PersonRequest<Params, AccessChange>) =>
    changePerson(ctx, { person, name, change: body }),
);

/** Removes an account with its sessions, screens and guest links. */
export const DELETE = personChangeRoute(
  "people:manage",
  { body: nothingSchema, answer: removedPersonSchema },
  (ctx, { person, params: { name } }: PersonRequest<Params>) => removePerson(ctx, { person, name }),
);

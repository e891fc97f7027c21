import { endpointViewSchema, fleetViewSchema } from "./endpoint-view";
import { eventListSchema } from "./event";
import {
  guestLinkListSchema,
  guestLinkOrderSchema,
  newGuestLinkSchema,
  revocationSchema,
} from "./guest-link";
import { problemSchema } from "./problem";
import { rawReplySchema } from "./raw-reply";
import { rolloutDetailSchema, rolloutListSchema } from "./rollout-detail";

/** The schemas of the API by the names that its document gives them. */
export const components = {
  FleetView: fleetViewSchema,
  EndpointView: endpointViewSchema,
  RolloutList: rolloutListSchema,
  RolloutDetail: rolloutDetailSchema,
  EventList: eventListSchema,
  RawReply: rawReplySchema,
  GuestLinkList: guestLinkListSchema,
  GuestLinkOrder: guestLinkOrderSchema,
  NewGuestLink: newGuestLinkSchema,
  Revocation: revocationSchema,
  Problem: problemSchema,
} as const;

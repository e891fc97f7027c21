import { checkCountsSchema } from "@/lib/contract/check-counts";
import * as z from "zod/mini";

import { acknowledgedSchema } from "@/lib/contract/acknowledgement";
import { auditListSchema } from "@/lib/contract/audit";
import { endpointViewSchema, fleetViewSchema } from "@/lib/contract/endpoint-view";
import { eventListSchema } from "@/lib/contract/event";
import { guestLinkListSchema, newGuestLinkSchema, revocationSchema } from "@/lib/contract/guest-link";
import { mutedSchema } from "@/lib/contract/mute";
import { channelTestSchema, notificationListSchema, sentAgainSchema } from "@/lib/contract/notifications";
import {
  changedPersonSchema,
  invitationSchema,
  peopleSchema,
  removedPersonSchema,
} from "@/lib/contract/people";
import { problemSchema } from "@/lib/contract/problem";
import { rawReplySchema } from "@/lib/contract/raw-reply";
import { rolloutDetailSchema, rolloutListSchema } from "@/lib/contract/rollout-detail";
import {
  changedScreenSchema,
  claimSchema,
  ownScreenSchema,
  pairingSchema,
  screenCommandedSchema,
  screenListSchema,
} from "@/lib/contract/screen";
import { newServiceTokenSchema, serviceTokenListSchema } from "@/lib/contract/service-token";
import { sessionListSchema } from "@/lib/contract/session";
import { endingSchema, signInAnswerSchema } from "@/lib/contract/sign-in";
import { rolloutTrafficSchema } from "@/lib/contract/traffic";

// Otherwise zod probes for eval, and the content security policy reports the probe.
z.config({ jitless: true });

/** The schemas of all responses of Rollcall's server. */
export const schemas = {
  endpoint: endpointViewSchema,
  fleet: fleetViewSchema,
  rollout: rolloutDetailSchema,
  rollouts: rolloutListSchema,
  traffic: rolloutTrafficSchema,
  acknowledged: acknowledgedSchema,
  muted: mutedSchema,
  events: eventListSchema,
  rawReply: rawReplySchema,
  guestLinks: guestLinkListSchema,
  newGuestLink: newGuestLinkSchema,
  revocation: revocationSchema,
  signIn: signInAnswerSchema,
  ending: endingSchema,
  sessions: sessionListSchema,
  audit: auditListSchema,
  checkCounts: checkCountsSchema,
  people: peopleSchema,
  invitation: invitationSchema,
  changedPerson: changedPersonSchema,
  removedPerson: removedPersonSchema,
  notifications: notificationListSchema,
  sentAgain: sentAgainSchema,
  channelTest: channelTestSchema,
  serviceTokens: serviceTokenListSchema,
  newServiceToken: newServiceTokenSchema,
  screens: screenListSchema,
  screenCommanded: screenCommandedSchema,
  changedScreen: changedScreenSchema,
  ownScreen: ownScreenSchema,
  pairing: pairingSchema,
  claim: claimSchema,
  problem: problemSchema,
};

export type Schemas = typeof schemas;

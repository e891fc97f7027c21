import * as z from "zod/mini";

import { endpointViewSchema, fleetViewSchema } from "@/lib/contract/endpoint-view";
import { eventListSchema } from "@/lib/contract/event";
import { guestLinkListSchema, newGuestLinkSchema, revocationSchema } from "@/lib/contract/guest-link";
import { problemSchema } from "@/lib/contract/problem";
import { rawReplySchema } from "@/lib/contract/raw-reply";
import { rolloutDetailSchema, rolloutListSchema } from "@/lib/contract/rollout-detail";

// Zod probes for eval unless told not to, and the content security policy reports the probe.
z.config({ jitless: true });

/** What parses every answer of our own server. */
export const schemas = {
  endpoint: endpointViewSchema,
  fleet: fleetViewSchema,
  rollout: rolloutDetailSchema,
  rollouts: rolloutListSchema,
  events: eventListSchema,
  rawReply: rawReplySchema,
  guestLinks: guestLinkListSchema,
  newGuestLink: newGuestLinkSchema,
  revocation: revocationSchema,
  problem: problemSchema,
};

export type Schemas = typeof schemas;

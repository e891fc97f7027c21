import "server-only";

import { mutedSchema, type Muted } from "@/lib/contract/mute";
import { minute, second } from "@/lib/domain/instant";
import { utcText } from "@/lib/presentation/utc-text";
import type { Person } from "@/lib/server/access/principal";
import type { Context } from "@/lib/server/context";

import { encode, type Answer } from "./answer";
import { changeAudited } from "./audit";
import { notFound } from "./errors";

/** Whether any channel is set up; without one there is nothing to mute. */
export function hasChannels({ settings }: Context): boolean {
  return settings.notifications.channels.length > 0;
}

/** Whether notifications about an endpoint are muted. */
export async function readMuted(
  { history, clock }: Context,
  { endpointId }: { endpointId: string },
): Promise<Answer<Muted>> {
  const known = await history.endpointMutes.read(endpointId, clock().at);
  const mute = known === null ? null : { until: known.until, by: known.by };
  return { ...encode(mutedSchema, { mute }), age: null, nextPollIn: 15 * second };
}

/** Mutes notifications about an endpoint from now on, for everyone and for all channels. */
export async function muteEndpoint(
  ctx: Context,
  { person, endpointId, minutes }: { person: Person; endpointId: string; minutes: number },
): Promise<Muted> {
  const until = ctx.clock().at + minutes * minute;
  const by = person.sessionId === null ? null : person.account;
  await changeAudited(
    ctx,
    {
      actor: person.account,
      action: "muted an endpoint",
      about: `${endpointId}: until ${utcText(until, "minute")}`,
    },
    ({ endpointMutes }) => endpointMutes.put({ endpointId, until, by }),
  );
  return { mute: { until, by } };
}

/** Ends a mute. What was muted meanwhile stays unsent. Throws not_found if the endpoint is not muted. */
export async function unmuteEndpoint(
  ctx: Context,
  { person, endpointId }: { person: Person; endpointId: string },
): Promise<Muted> {
  const { at } = ctx.clock();
  await changeAudited(
    ctx,
    { actor: person.account, action: "unmuted an endpoint", about: endpointId },
    async ({ endpointMutes }) => {
      if (!(await endpointMutes.remove(endpointId, at))) throw notFound("Mute");
    },
  );
  return { mute: null };
}

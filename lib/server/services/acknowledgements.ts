import "server-only";

import {
  acknowledgedSchema,
  type Acknowledged,
  type FleetAcknowledgement,
} from "@/lib/contract/acknowledgement";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import { isAcknowledged, isFailure } from "@/lib/domain/acknowledged";
import { second } from "@/lib/domain/instant";
import type { Person } from "@/lib/server/access/principal";
import type { Context } from "@/lib/server/context";
import type { Acknowledgement } from "@/lib/server/db/acknowledgements";
import { whenKnown, type Soon } from "@/lib/server/soon";

import { encode, type Answer } from "./answer";
import { changeAudited } from "./audit";
import { encodeView } from "./endpoints";
import { conflict, notFound } from "./errors";

type RolloutId = { endpointId: string; deploymentId: string };

const everything = "everything";

/** All acknowledgements; none while the database is unavailable: failures then show as not acknowledged. */
export function readAcknowledgements({ lookups }: Context): Soon<readonly Acknowledgement[]> {
  const known = lookups.acknowledgements.find(everything);
  const found = known instanceof Promise ? known.catch(() => null) : known;
  return whenKnown(found, (acknowledgements) => acknowledgements ?? []);
}

/** Those that still cover the current rollouts of these endpoints. */
export function toFleetAcknowledgements(
  all: readonly Acknowledgement[],
  views: readonly EndpointView[],
): FleetAcknowledgement[] {
  const ofEndpoint = new Map(all.map((each) => [each.endpointId, each]));
  return views.flatMap((view) => {
    const acknowledgement = ofEndpoint.get(view.endpoint.id);
    return acknowledgement !== undefined && holds(acknowledgement, view) ? [toView(acknowledgement)] : [];
  });
}

/** Whether the failure of a rollout has been acknowledged. Throws not_found. */
export async function readAcknowledged(
  ctx: Context,
  { endpointId, deploymentId }: RolloutId,
): Promise<Answer<Acknowledged>> {
  const view = viewOf(ctx, endpointId);
  if (!view.rollouts.some((rollout) => rollout.deploymentId === deploymentId)) throw notFound();
  const [known] = toFleetAcknowledgements(await readAcknowledgements(ctx), [view]);
  const acknowledgement = known?.deploymentId === deploymentId ? { by: known.by, at: known.at } : null;
  return { ...encode(acknowledgedSchema, { acknowledgement }), age: null, nextPollIn: 10 * second };
}

/** Acknowledges the failure of an endpoint's current rollout. Throws not_found, and conflict if it has not failed. */
export async function acknowledge(
  ctx: Context,
  { person, rolloutId }: { person: Person; rolloutId: RolloutId },
): Promise<Acknowledged> {
  const { endpointId, deploymentId } = rolloutId;
  const view = viewOf(ctx, endpointId);
  const rollout = view.rollouts.find((each) => each.deploymentId === deploymentId);
  if (rollout === undefined) throw notFound();
  if (view.current !== deploymentId || !isFailure(rollout.displayState))
    throw conflict("Only the failure of an endpoint’s newest rollout can be acknowledged.");
  const by = person.sessionId === null ? null : person.account;
  const { at } = ctx.clock();
  await changeAudited(
    ctx,
    { actor: person.account, action: "acknowledged a failure", about: `${endpointId}: ${deploymentId}` },
    ({ acknowledgements }) => acknowledgements.put({ endpointId, deploymentId, by, at }),
  );
  ctx.lookups.acknowledgements.invalidateAll();
  return { acknowledgement: { by, at } };
}

/** Withdraws an acknowledgement. Throws not_found. */
export async function withdrawAcknowledgement(
  ctx: Context,
  { person, rolloutId }: { person: Person; rolloutId: RolloutId },
): Promise<Acknowledged> {
  const { endpointId, deploymentId } = rolloutId;
  await changeAudited(
    ctx,
    { actor: person.account, action: "withdrew an acknowledgement", about: `${endpointId}: ${deploymentId}` },
    async ({ acknowledgements }) => {
      if (!(await acknowledgements.remove(endpointId, deploymentId))) throw notFound();
    },
  );
  ctx.lookups.acknowledgements.invalidateAll();
  return { acknowledgement: null };
}

function viewOf(ctx: Context, endpointId: string): EndpointView {
  const endpointState = ctx.endpointStore.get(endpointId);
  if (endpointState === undefined) throw notFound();
  return encodeView(ctx, endpointState, ctx.clock()).body;
}

function holds({ deploymentId, at }: Acknowledgement, { current, rollouts }: EndpointView): boolean {
  if (current !== deploymentId) return false;
  const rollout = rollouts.find((each) => each.deploymentId === deploymentId);
  return rollout !== undefined && isAcknowledged(rollout, at);
}

function toView({ endpointId, deploymentId, by, at }: Acknowledgement): FleetAcknowledgement {
  return { endpointId, deploymentId, by, at };
}

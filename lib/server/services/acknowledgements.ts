import "server-only";

import * as z from "zod/mini";

import {
  acknowledgedSchema,
  type Acknowledged,
  type FleetAcknowledgement,
} from "@/lib/contract/acknowledgement";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import { isAcknowledged, isFailure } from "@/lib/domain/acknowledged";
import { second } from "@/lib/domain/instant";
import type { Person } from "@/lib/server/access/principal";
import type { Acknowledgement } from "@/lib/server/db/acknowledgements";
import { rollcall } from "@/lib/server/wiring";

import { encode } from "./encoded";
import { encodeView, type Answer } from "./read-endpoint";

const everything = "everything";

/** Every acknowledgement there is; none while the database cannot be asked: what failed is then shown as such. */
export async function readAcknowledgements(): Promise<readonly Acknowledgement[]> {
  const known = await rollcall()
    .lookups.acknowledgements.find(everything)
    .catch(() => null);
  return known ?? [];
}

/** Those that still hold for the current rollouts of these endpoints. */
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

/** Whether somebody has seen the failure of a rollout. */
export async function readAcknowledged(
  endpointId: string,
  deploymentId: string,
): Promise<Answer<Acknowledged> | null> {
  const view = viewOf(endpointId);
  if (!view?.rollouts.some((rollout) => rollout.deploymentId === deploymentId)) return null;
  const [known] = toFleetAcknowledgements(await readAcknowledgements(), [view]);
  const acknowledgement = known?.deploymentId === deploymentId ? { by: known.by, at: known.at } : null;
  return { ...encode(acknowledgedSchema, { acknowledgement }), age: null, nextPollIn: 10 * second };
}

/** Says that a person has seen the failure of an endpoint's current rollout; `hasFailed` is false where there is none. */
export async function acknowledge(
  person: Person,
  endpointId: string,
  deploymentId: string,
): Promise<z.input<typeof acknowledgedSchema> | { hasFailed: false } | null> {
  const { clock, history, log, lookups } = rollcall();
  const view = viewOf(endpointId);
  const rollout = view?.rollouts.find((each) => each.deploymentId === deploymentId);
  if (view === null || rollout === undefined) return null;
  if (view.current !== deploymentId || !isFailure(rollout.displayState)) return { hasFailed: false };
  const by = person.sessionId === null ? null : person.account;
  const { at } = clock();
  await history.acknowledgements.put({ endpointId, deploymentId, by, at });
  lookups.acknowledgements.invalidateAll();
  log.info({ endpointId, deploymentId, by }, "A failure was acknowledged.");
  return z.encode(acknowledgedSchema, { acknowledgement: { by, at } });
}

/** Takes an acknowledgement back; null when there is none. */
export async function takeBackAcknowledgement(
  endpointId: string,
  deploymentId: string,
): Promise<Acknowledged | null> {
  const { history, lookups } = rollcall();
  if (!(await history.acknowledgements.remove(endpointId, deploymentId))) return null;
  lookups.acknowledgements.invalidateAll();
  return { acknowledgement: null };
}

function viewOf(endpointId: string): EndpointView | null {
  const { endpointStore, clock } = rollcall();
  const endpointState = endpointStore.get(endpointId);
  return endpointState === undefined ? null : encodeView(endpointState, clock()).body;
}

function holds({ deploymentId, at }: Acknowledgement, { current, rollouts }: EndpointView): boolean {
  if (current !== deploymentId) return false;
  const rollout = rollouts.find((each) => each.deploymentId === deploymentId);
  return rollout !== undefined && isAcknowledged(rollout, at);
}

function toView({ endpointId, deploymentId, by, at }: Acknowledgement): FleetAcknowledgement {
  return { endpointId, deploymentId, by, at };
}

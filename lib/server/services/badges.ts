import "server-only";

import { shieldsBadgeSchema } from "@/lib/contract/badge";
import { currentRollout } from "@/lib/contract/current-rollout";
import { toBadge } from "@/lib/presentation/badge";
import { drawBadge, type BadgeTheme } from "@/lib/presentation/badge-picture";
import { light } from "@/lib/presentation/palette";
import type { Context } from "@/lib/server/context";

import { encode, encodeText, type Encoded } from "./answer";
import { encodeView } from "./endpoints";
import { notFound } from "./errors";

/** The least that shields.io keeps a badge for. */
const cacheSeconds = 300;

/** A badge of an endpoint: as SVG in a theme, or as shields.io reads it. Throws not_found. */
export function readBadge(
  ctx: Context,
  { endpointId, form }: { endpointId: string; form: BadgeTheme | "json" },
): Encoded<unknown> {
  const endpointState = ctx.endpointStore.get(endpointId);
  if (endpointState === undefined) throw notFound("Badge");
  const now = ctx.clock();
  const { body: view } = encodeView(ctx, endpointState, now);
  const badge = toBadge(endpointId, currentRollout(view), view.freshness, now.at);
  if (form !== "json") return encodeText(drawBadge(badge, form), { "content-type": "image/svg+xml" });
  const { label, message, hue, isBad } = badge;
  const body = { schemaVersion: 1 as const, label, message, color: light[hue], isError: isBad, cacheSeconds };
  return encode(shieldsBadgeSchema, body);
}

/** Whether anyone may see the badge of an endpoint. */
export function isBadgePublic({ settings: { badges } }: Context, endpointId: string): boolean {
  return badges === "all" || (badges !== "off" && badges.includes(endpointId));
}

import "server-only";

import { badgeThemes, type BadgeTheme } from "@/lib/presentation/badge-picture";
import { authorize } from "@/lib/server/access/authorize";
import { anonymous } from "@/lib/server/access/principal";
import { isServiceToken, toBearer } from "@/lib/server/access/secret-token";
import { isBadgePublic, readBadge } from "@/lib/server/services/badges";
import { findEndpoint } from "@/lib/server/services/endpoints";
import { invalid, notFound } from "@/lib/server/services/errors";
import { identifyToken } from "@/lib/server/services/identify";

import { toErrorResponse } from "./errors";
import { checkRateLimit, contextOf, openContext } from "./guard";
import { matchesETag } from "./read-operation";

/** How long image proxies may show a badge before they ask again. */
const maxAge = 30;

/**
 * `GET /badge/{id}.svg` and `.json`. A badge is for everyone or for programs with a token, never for a session, so that
 * a proxy may keep it. What is unknown and what is not for the caller are answered alike.
 */
export async function answerBadge(request: Request, file: string): Promise<Response> {
  const { headers, url } = request;
  try {
    const ctx = openContext(headers);
    const bearer = toBearer(headers.get("authorization"));
    const principal = isServiceToken(bearer) ? await identifyToken(ctx, bearer) : anonymous;
    checkRateLimit(ctx, headers, principal);
    const [, endpointId = "", type] = /^(.+)\.(svg|json)$/.exec(file) ?? [];
    const endpoint = findEndpoint(ctx, endpointId);
    const isPublic = isBadgePublic(ctx, endpointId);
    if (endpoint === null || !authorize(principal, "badge:read", { ...endpoint, isPublic }))
      throw notFound("Badge");
    const form = type === "json" ? "json" : parseTheme(new URL(url).searchParams.get("theme"));
    const { bytes, etag, headers: own } = readBadge(ctx, { endpointId, form });
    const kept = {
      etag,
      "cache-control": `${isPublic ? "public" : "private"}, max-age=${maxAge}, must-revalidate`,
      vary: "authorization",
      "x-content-type-options": "nosniff",
      // A badge is made to be shown on pages of others.
      ...(isPublic
        ? { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" }
        : {}),
    };
    if (matchesETag(headers.get("if-none-match"), etag))
      return new Response(null, { status: 304, headers: kept });
    const policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
    const all = { "content-type": "application/json", "content-security-policy": policy, ...own, ...kept };
    return new Response(bytes, { headers: all });
  } catch (error) {
    return toErrorResponse(error, contextOf(headers)?.log ?? null);
  }
}

function parseTheme(text: string | null): BadgeTheme {
  const theme = badgeThemes.find((each) => each === (text ?? "auto"));
  if (theme === undefined) throw invalid("theme must be auto, light or dark.");
  return theme;
}

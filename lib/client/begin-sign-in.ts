import * as z from "zod/mini";

import { apiPaths } from "@/lib/contract/paths";
import type { SignInFailure } from "@/lib/contract/sign-in";

import { unreachable, unreadable } from "./api-failure";

const csrfSchema = z.object({ csrfToken: z.string() });
const goSchema = z.object({ url: z.string() });

/**
 * Goes to an identity provider, which returns the browser to `to` with this page's hash. Resolves with the reason if
 * that fails to start; otherwise the browser leaves the page.
 */
export async function beginSignIn(provider: string, to: string): Promise<SignInFailure | null> {
  const { csrfToken } = await readJson(await send(`${apiPaths.identityProviders}/csrf`), csrfSchema);
  const body = new URLSearchParams({
    csrfToken,
    callbackUrl: `${location.origin}${to}${location.hash}`,
    json: "true",
  });
  const answer = await send(`${apiPaths.identityProviders}/signin/${encodeURIComponent(provider)}`, {
    method: "POST",
    body,
  });
  const { url } = await readJson(answer, goSchema);
  const { origin, searchParams } = new URL(url);
  if (origin === location.origin && searchParams.get("failure") === "unreachable") return "unreachable";
  if (origin === location.origin && searchParams.has("failure")) return "failed";
  location.assign(url);
  return null;
}

async function send(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(path, { cache: "no-store", ...init }).catch(() => {
    throw unreachable();
  });
}

async function readJson<T>(response: Response, schema: z.ZodMiniType<T>): Promise<T> {
  z.config({ jitless: true });
  const parsed = schema.safeParse(await response.json().catch(() => null));
  if (!response.ok || !parsed.success) throw unreadable(response.status);
  return parsed.data;
}

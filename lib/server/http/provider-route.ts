import "server-only";

import NextAuth, { type AuthOptions } from "next-auth";
import type { NextRequest } from "next/server";

import { pagePaths } from "@/lib/contract/paths";
import type { SignInFailure } from "@/lib/contract/sign-in";
import { minute, second } from "@/lib/domain/instant";
import { toOwnAddress } from "@/lib/server/access/own-origin";
import { anonymous } from "@/lib/server/access/principal";
import { toOAuthConfig } from "@/lib/server/access/providers";
import { announceOwnAddress } from "@/lib/server/config/access";
import type { Context } from "@/lib/server/context";
import { isServiceError, notFound } from "@/lib/server/services/errors";
import { enterThroughProvider } from "@/lib/server/services/sign-in";

import { toErrorResponse } from "./errors";
import { checkRateLimit, contextOf, openContext } from "./guard";
import { toHandshakeFault } from "./handshake-fault";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** Only the handshake of next-auth is used. Sessions are our own, so its other pages do not exist here. */
const steps: Readonly<Record<string, readonly string[]>> = {
  csrf: ["GET"],
  signin: ["POST"],
  callback: ["GET"],
};

/**
 * Sends people to an identity provider and receives them when they return. Those with access get a session of ours
 * and go on to the page they wanted; the others return to the sign-in page, which says why.
 */
export async function providerRoute(request: NextRequest, context: RouteContext): Promise<Response> {
  try {
    return await handshake(openContext(request.headers), request, context);
  } catch (error) {
    return toErrorResponse(error, contextOf(request.headers)?.log ?? null);
  }
}

async function handshake(ctx: Context, request: NextRequest, context: RouteContext): Promise<Response> {
  // Clients are still anonymous here, so requests are counted by address.
  checkRateLimit(ctx, request.headers, anonymous);
  const { access, publicUrl } = ctx.settings;
  const [step = "", id] = (await context.params).nextauth;
  const isStep = Object.hasOwn(steps, step) && steps[step]?.includes(request.method);
  const provider = access.kind === "open" ? undefined : access.providers.find((each) => each.id === id);
  if (
    !isStep ||
    access.kind === "open" ||
    (step === "csrf" ? access.providers.length === 0 : provider === undefined)
  )
    throw notFound();
  announceOwnAddress(publicUrl);
  const { options, conclude } = createHandshake(ctx, request, access.providers);
  const response: unknown = await NextAuth(request, context, options);
  if (!(response instanceof Response)) throw new Error("next-auth did not return a Response.");
  return conclude(response);
}

type Providers = Parameters<typeof toOAuthConfig>[0][];

function createHandshake(ctx: Context, request: NextRequest, providers: readonly Providers[number][]) {
  const { handshakeSecret, log, settings } = ctx;
  const { publicUrl } = settings;
  let cookie: string | null = null;
  let failure: SignInFailure | null = null;
  const destination = toOwnAddress(request.cookies.get(callbackCookie(publicUrl))?.value ?? null, publicUrl);
  const options: AuthOptions = {
    secret: handshakeSecret,
    useSecureCookies: publicUrl.protocol === "https:",
    ...toCookies(publicUrl),
    providers: providers.map((provider) => toOAuthConfig(provider, settings.proxy)),
    pages: { signIn: pagePaths.signIn(null), error: pagePaths.signIn(null) },
    logger: {
      error: (code, metadata) => {
        failure ??= code === "SIGNIN_OAUTH_ERROR" ? "unreachable" : "failed";
        log.warn(
          { fault: code, detail: toHandshakeFault(metadata) },
          "sign-in with an identity provider failed",
        );
      },
      warn: () => undefined,
      debug: () => undefined,
    },
    callbacks: {
      redirect: ({ url }) => new URL(toOwnAddress(url, publicUrl), publicUrl).href,
      // If this returns an address, next-auth redirects there and does not create its own session.
      signIn: async ({ user, account, profile }) => {
        const provider = providers.find(({ id }) => id === account?.provider);
        if (provider === undefined) return false;
        const client = { id: user.id, profile: { ...profile } };
        cookie = await enterThroughProvider(ctx, { provider, client, headers: request.headers }).catch(
          (error: unknown) => {
            if (!isServiceError(error) || error.kind !== "denied") throw error;
            failure = "refused";
            return null;
          },
        );
        return new URL(destination, publicUrl).href;
      },
    },
  };
  return {
    options,
    /** The response with our session in it, or a redirect to the sign-in page with the reason. */
    conclude: async (response: Response): Promise<Response> => {
      const isCallback = request.nextUrl.pathname.includes("/callback/");
      if (failure === null && isCallback && cookie === null) failure = "failed";
      const headers = new Headers(response.headers);
      headers.set("cache-control", "no-store");
      headers.set("x-content-type-options", "nosniff");
      headers.set("referrer-policy", "no-referrer");
      if (cookie !== null) headers.append("set-cookie", cookie);
      if (failure === null) return new Response(response.body, { status: response.status, headers });
      const back = new URL(pagePaths.signIn(destination), publicUrl);
      back.searchParams.set("failure", failure);
      if (isCallback) {
        headers.set("location", back.href);
        return new Response(null, { status: 302, headers });
      }
      await response.body?.cancel();
      headers.delete("location");
      headers.set("content-type", "application/json");
      return new Response(JSON.stringify({ url: back.href }), { status: 200, headers });
    },
  };
}

function callbackCookie(publicUrl: URL): string {
  return `${securePrefix(publicUrl)}next-auth.callback-url`;
}

function securePrefix(publicUrl: URL): string {
  return publicUrl.protocol === "https:" ? "__Secure-" : "";
}

/**
 * The cookies of next-auth below a path, so that other tools on the host neither get nor overwrite them; its own ones are
 * for the root of a host. Source: defaultCookies of next-auth 4.
 */
function toCookies(publicUrl: URL): Pick<AuthOptions, "cookies"> {
  if (publicUrl.pathname === "/") return {};
  const toCookie = (name: string, lifetime: { maxAge?: number } = {}) => ({
    name: `${securePrefix(publicUrl)}next-auth.${name}`,
    options: {
      ...{ httpOnly: true, sameSite: "lax", path: publicUrl.pathname },
      ...{ secure: publicUrl.protocol === "https:", ...lifetime },
    },
  });
  const quarterHour = { maxAge: (15 * minute) / second };
  return {
    cookies: {
      callbackUrl: toCookie("callback-url"),
      csrfToken: toCookie("csrf-token"),
      pkceCodeVerifier: toCookie("pkce.code_verifier", quarterHour),
      state: toCookie("state", quarterHour),
      nonce: toCookie("nonce"),
    },
  };
}

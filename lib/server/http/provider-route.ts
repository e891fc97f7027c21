import "server-only";

import NextAuth, { type AuthOptions } from "next-auth";
import type { NextRequest } from "next/server";

import { pagePaths } from "@/lib/contract/paths";
import type { SignInFailure } from "@/lib/contract/sign-in";
import { toOwnAddress } from "@/lib/server/access/own-address";
import { anonymous } from "@/lib/server/access/principal";
import { toOAuthConfig } from "@/lib/server/access/providers";
import { announceOwnAddress } from "@/lib/server/config/access";
import { enterThroughProvider } from "@/lib/server/services/enter-through-provider";
import { rollcall } from "@/lib/server/wiring";

import { checkRateLimit, checkHost, unknown } from "./guard";
import { toHandshakeFault } from "./handshake-fault";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** What of next-auth is used: the handshake. Sessions are our own, so none of its other pages is there. */
const steps: Readonly<Record<string, readonly string[]>> = {
  csrf: ["GET"],
  signin: ["POST"],
  callback: ["GET"],
};

/**
 * Sends people to an identity provider and takes them in when they come back. Whoever may enter gets a session of
 * ours and goes on to where they wanted; everybody else is back at the sign-in page, which says why.
 */
export async function providerRoute(request: NextRequest, context: RouteContext): Promise<Response> {
  // Who comes here is nobody yet, so an address is what is counted.
  const wrongHost = checkHost(request.headers) ?? checkRateLimit(request.headers, anonymous);
  if (wrongHost !== null) return wrongHost;
  const { access, publicUrl } = rollcall().settings;
  const [step = "", id] = (await context.params).nextauth;
  const isStep = Object.hasOwn(steps, step) && steps[step]?.includes(request.method);
  const provider = access.kind === "open" ? undefined : access.providers.find((each) => each.id === id);
  if (
    !isStep ||
    access.kind === "open" ||
    (step === "csrf" ? access.providers.length === 0 : provider === undefined)
  )
    return unknown();
  announceOwnAddress(publicUrl);
  const handshake = createHandshake(request, access.providers);
  const response: unknown = await NextAuth(request, context, handshake.options);
  if (!(response instanceof Response)) throw new Error("next-auth answers a request with a Response.");
  return handshake.conclude(response);
}

type Providers = Parameters<typeof toOAuthConfig>[0][];

function createHandshake(request: NextRequest, providers: readonly Providers[number][]) {
  const { handshakeSecret, log, settings } = rollcall();
  const { publicUrl } = settings;
  let cookie: string | null = null;
  let failure: SignInFailure | null = null;
  const destination = toOwnAddress(request.cookies.get(callbackCookie(publicUrl))?.value ?? null, publicUrl);
  const options: AuthOptions = {
    secret: handshakeSecret,
    useSecureCookies: publicUrl.protocol === "https:",
    providers: providers.map((provider) => toOAuthConfig(provider, settings.proxy)),
    pages: { signIn: pagePaths.signIn(null), error: pagePaths.signIn(null) },
    logger: {
      error: (code, metadata) => {
        failure ??= code === "SIGNIN_OAUTH_ERROR" ? "unreachable" : "failed";
        log.warn(
          { fault: code, detail: toHandshakeFault(metadata) },
          "A sign-in with an identity provider failed.",
        );
      },
      warn: () => undefined,
      debug: () => undefined,
    },
    callbacks: {
      redirect: ({ url }) => new URL(toOwnAddress(url, publicUrl), publicUrl).href,
      // Answering with an address ends next-auth's part here: it makes no session of its own.
      signIn: async ({ user, account, profile }) => {
        const provider = providers.find(({ id }) => id === account?.provider);
        if (provider === undefined) return false;
        const entered = await enterThroughProvider(
          provider,
          { id: user.id, profile: { ...profile } },
          request.headers,
        );
        if ("refused" in entered) failure = "refused";
        else cookie = entered.cookie;
        return new URL(destination, publicUrl).href;
      },
    },
  };
  return {
    options,
    /** The answer with our session in it, or the way back to the sign-in page with the reason. */
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
  return publicUrl.protocol === "https:" ? "__Secure-next-auth.callback-url" : "next-auth.callback-url";
}

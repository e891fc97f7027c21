import "server-only";

import type { IncomingHttpHeaders } from "node:http";

import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state";

import { isAllowedHost } from "@/lib/server/access/allowed-host";

/** Why a request does not reach Next, in words for the person or program that sent it. */
export type Rejection =
  | { status: 400; detail: string }
  | { status: 405; detail: string; allow: string }
  | { status: 421; detail: string; host: string };

/** What of a request decides whether it can be answered. `url` is the request target as it was sent. */
export type RequestHead = { method: string; url: string; headers: IncomingHttpHeaders };

const readers = ["GET", "HEAD"];
/** Route handlers tell OPTIONS and each other method from the ones they have; no other method has a handler. */
const routeMethods = [...readers, "POST", "PATCH", "DELETE", "OPTIONS"];
const isRoute = /^\/(api\/|wall\/basic$)/;
/** Health checks ask by address, whatever the public name is. */
const isHealthCheck = /^\/(livez|readyz)$/;

/** Finds what Next would answer with an error of its own, or with a page that was not asked for. Null: nothing. */
export function findRejection({ method, url, headers }: RequestHead, publicUrl: URL): Rejection | null {
  const path = url.split(/[?#]/, 1)[0] ?? "";
  if (!isReadable(path)) {
    return {
      status: 400,
      detail: "The address cannot be read: it has to be a path, percent-encoded as UTF-8.",
    };
  }
  const allowed = isRoute.test(path) ? routeMethods : readers;
  if (!allowed.includes(method)) {
    const allow = allowed.join(", ");
    return { status: 405, allow, detail: `${method} is not answered here. This address answers ${allow}.` };
  }
  if (!isHealthCheck.test(path) && !isAllowedHost(headers.host ?? null, publicUrl)) {
    return rejectHost(headers.host ?? "", publicUrl);
  }
  if (headers["next-action"] !== undefined) {
    return { status: 400, detail: "Rollcall has no server actions. Load the page again." };
  }
  if (!isRouterState(headers["next-router-state-tree"])) {
    return { status: 400, detail: "The Next-Router-State-Tree header cannot be read. Load the page again." };
  }
  return null;
}

/** Whether a request target is a path that Next can decode. */
function isReadable(path: string): boolean {
  if (!path.startsWith("/")) return false;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Next's own check, which Next itself answers with 500. */
function isRouterState(header: string | string[] | undefined): boolean {
  try {
    parseAndValidateFlightRouterState(header);
    return true;
  } catch {
    return false;
  }
}

const mostCharacters = 253;

function rejectHost(name: string, publicUrl: URL): Rejection {
  const host = /^[\w.:[\]-]+$/.test(name) && name.length <= mostCharacters ? name : "";
  const asked = host === "" ? "The request does not name its host" : `Rollcall was asked for as ${host}`;
  const wish = host === "" ? "another name" : host;
  return {
    status: 421,
    host,
    detail: `${asked}, but it answers to ${publicUrl.host}, the address in ROLLCALL_URL. To open Rollcall as ${wish}, an administrator sets ROLLCALL_URL to that address and restarts Rollcall.`,
  };
}

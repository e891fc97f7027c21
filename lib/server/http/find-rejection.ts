import "server-only";

import type { IncomingHttpHeaders } from "node:http";

import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state";

import { belowBase, toBasePath } from "@/lib/contract/base-path";
import { isAllowedHost } from "@/lib/server/access/own-origin";

/** Why a request does not reach Next; `detail` is for the person or program that sent it. */
export type Rejection =
  | { status: 400 | 404; detail: string }
  | { status: 405; detail: string; allow: string }
  | { status: 421; detail: string; host: string };

/** The parts of a request that decide whether it can be served. `url` is the request target exactly as sent. */
export type RequestHead = { method: string; url: string; headers: IncomingHttpHeaders };

const pageMethods = ["GET", "HEAD"];
/** Next answers OPTIONS for every route handler from the methods it exports. */
const routeMethods = [...pageMethods, "OPTIONS"];
const apiMethods = [...pageMethods, "POST", "PATCH", "DELETE", "OPTIONS"];
/** Health checks and Prometheus use the IP address instead of the public name. */
const isProbe = /^\/(livez|readyz|metrics)$/;

/** The browser loads these as new documents: nothing that others saw in the same tab stays in its memory. */
const ownDocuments = /^\/(sign-in|wall|share)(\/|$)/;

/** Rejects a request that Next would answer with its own error page or with the wrong page; null if it is fine. */
export function findRejection({ method, url, headers }: RequestHead, publicUrl: URL): Rejection | null {
  const target = url.split(/[?#]/, 1)[0] ?? "";
  if (!isReadable(target)) {
    return {
      status: 400,
      detail: "This address is malformed. It must be a path, percent-encoded as UTF-8.",
    };
  }
  const path = belowBase(target, toBasePath(publicUrl));
  if (path === null) return rejectOutside(headers.host ?? null, publicUrl);
  const allowed = methodsOf(path);
  if (!allowed.includes(method)) {
    const allow = allowed.join(", ");
    return { status: 405, allow, detail: `${method} is not supported here. Use one of: ${allow}.` };
  }
  if (!isProbe.test(path) && !isAllowedHost(headers.host ?? null, publicUrl)) {
    return rejectHost(headers.host ?? "", publicUrl);
  }
  if (headers["next-action"] !== undefined) {
    return { status: 400, detail: "Rollcall has no server actions. Reload the page." };
  }
  if (!isRouterState(headers["next-router-state-tree"])) {
    return { status: 400, detail: "The Next-Router-State-Tree header is malformed. Reload the page." };
  }
  if (headers["rsc"] !== undefined && ownDocuments.test(path)) {
    return { status: 400, detail: "This page is only served as a whole document. Reload the page." };
  }
  return null;
}

function methodsOf(path: string): readonly string[] {
  if (path.startsWith("/api/")) return apiMethods;
  return path === "/wall/basic" ? routeMethods : pageMethods;
}

/** Whether a request target is a path that Next can decode. */
function isReadable(path: string): boolean {
  if (!path.startsWith("/")) return false;
  if (!path.includes("%")) return true;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Uses Next's own check; Next would answer 500 where it fails. */
function isRouterState(header: string | string[] | undefined): boolean {
  if (header === undefined) return true;
  try {
    parseAndValidateFlightRouterState(header);
    return true;
  } catch {
    return false;
  }
}

function rejectOutside(host: string | null, publicUrl: URL): Rejection {
  if (!isAllowedHost(host, publicUrl)) return rejectHost(host ?? "", publicUrl);
  return { status: 404, detail: `Rollcall is served at ${publicUrl.href}, the address in ROLLCALL_URL.` };
}

const mostCharacters = 253;

function rejectHost(name: string, publicUrl: URL): Rejection {
  const host = /^[\w.:[\]-]+$/.test(name) && name.length <= mostCharacters ? name : "";
  const asked = host === "" ? "The request does not name a host" : `The request names the host ${host}`;
  const wish = host === "" ? "another name" : host;
  return {
    status: 421,
    host,
    detail: `${asked}, but Rollcall answers only to ${publicUrl.host}, the address in ROLLCALL_URL. To use ${wish}, an administrator sets ROLLCALL_URL to that address and restarts Rollcall.`,
  };
}

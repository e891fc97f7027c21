import "server-only";

import * as z from "zod";

import { databaseAwayDigest } from "@/lib/contract/error-digest";

import { contextOf } from "./guard";

const digested = z.object({ digest: z.string() });

/**
 * Logs a page that failed to render under the id (React's digest) that its error page shows. The address is left out,
 * because it may hold the token of a guest link; `route` is its pattern. A database that does not answer is logged
 * where it is noticed.
 */
export function logPageError(
  error: unknown,
  { headers, route }: { headers: NodeJS.Dict<string | string[]>; route: string },
): void {
  const digest = digested.safeParse(error).data?.digest ?? null;
  if (digest === databaseAwayDigest) return;
  const get = (name: string) => [headers[name] ?? null].flat()[0] ?? null;
  contextOf({ get })?.log.error({ err: error, digest, route }, "page failed to render");
}

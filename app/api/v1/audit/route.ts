import { parseEntryCursor } from "@/lib/server/http/parse-page";
import { getRoute } from "@/lib/server/http/read-route";
import { readAudit } from "@/lib/server/services/audit";

/** What people did to access, newest first, a page at a time. */
export const GET = getRoute("audit:read", (ctx, { query }) =>
  readAudit(ctx, { before: parseEntryCursor(query) }),
);

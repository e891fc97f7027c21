import { getRoute } from "@/lib/server/http/get-route";
import { parseEntryCursor } from "@/lib/server/http/parse-page";
import { readAudit } from "@/lib/server/services/audit";

/** What people did to access, newest first, a page at a time. */
export const GET = getRoute("audit:read", ({ query }) => readAudit(parseEntryCursor(query)));

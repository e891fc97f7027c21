import "server-only";

import { rollcall } from "@/lib/server/wiring";

/** The address that people open, for links that stand outside of our own pages. */
export function readPublicUrl(): URL {
  return rollcall().settings.publicUrl;
}

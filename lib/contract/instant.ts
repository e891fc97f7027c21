import * as z from "zod/mini";

import type { Instant } from "@/lib/domain/instant";

/** Milliseconds since the epoch → ISO-8601 in UTC, as every instant crosses HTTP. */
export function toIso(instant: Instant): string {
  return new Date(instant).toISOString();
}

const isoSchema = z.iso.datetime().register(z.globalRegistry, { description: "ISO-8601 instant in UTC" });

/** ISO-8601 in UTC with milliseconds on the wire, an `Instant` in both programs. */
export const instantSchema = z.codec(isoSchema, z.number(), {
  decode: (iso) => Date.parse(iso),
  encode: toIso,
});

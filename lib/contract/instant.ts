import * as z from "zod/mini";

/** ISO-8601 in UTC with milliseconds, as every instant crosses HTTP. */
export const instantSchema = z.iso.datetime().register(z.globalRegistry, {
  description: "ISO-8601 instant in UTC",
});

/** Milliseconds since the epoch → ISO-8601 in UTC. */
export function toIso(instant: number): string {
  return new Date(instant).toISOString();
}

/** As `toIso`, keeping the absence of an instant. */
export function toIsoOrNull(instant: number | null): string | null {
  return instant === null ? null : toIso(instant);
}

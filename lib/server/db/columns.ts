import "server-only";

import * as z from "zod";

/** A text column that holds JSON. */
export const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.issues.push({ code: "custom", message: "is no JSON", input: text });
    return z.NEVER;
  }
});

/** Names of organizations, or null for no limit. */
export const orgsOrNull = z.nullable(json.pipe(z.array(z.string())));

/** PostgreSQL's big integers may come as text. */
export const instant = z.coerce.number();
export const instantOrNull = z.nullable(instant);

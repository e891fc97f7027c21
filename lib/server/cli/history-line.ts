import "server-only";

import * as z from "zod";

import {
  parseEndpointFacts,
  parseObservation,
  parseReply,
  parseRolloutFacts,
  parseWatchSpan,
} from "../db/rows";

/*
 * The export format: JSON lines, first a header, then one row per line, each after the rows it refers to.
 */

const instant = z.int();
const orNull = <T extends z.ZodType>(schema: T) => schema.nullable();
const text = z.string();
const number = z.number();

const endpoint = z.strictObject({
  ...{ id: text, org: orNull(text), model_arch: orNull(text) },
  ...{ created_at: orNull(instant), updated_at: orNull(instant), warnings: text },
  ...{ first_observed_at: instant, removed_since: orNull(instant) },
});
const reply = z.strictObject({
  ...{ endpoint_id: text, body: text, is_shortened: number, unread_fields: text },
  // Absent in older exports.
  field_use: orNull(text).optional(),
});
const rollout = z.strictObject({
  ...{ endpoint_id: text, deployment_id: text, model: orNull(text), version: orNull(text) },
  ...{ version_alias: orNull(text), created_at: orNull(instant), first_observed_at: instant },
  ...{ ended_at: orNull(instant), error_since: orNull(instant), last_seen_at: orNull(instant) },
  ...{ removed_since: orNull(instant), sort_at: instant },
});
const span = z
  .strictObject({
    ...{ endpoint_id: text, from_at: instant, until_at: instant },
    ...{ broken_by_code: orNull(text), broken_by_message: orNull(text) },
  })
  .refine(({ from_at, until_at }) => until_at >= from_at, "a span that ends before it begins");
const observation = z.strictObject({
  ...{ endpoint_id: text, deployment_id: text, at: instant, not_before: orNull(instant) },
  ...{ status: text, reported_status: orNull(text), updated_replicas: orNull(number) },
  ...{ total_replicas: orNull(number), max_unavailable: orNull(number) },
  ...{ error_message: orNull(text), warnings: text, messages_between: orNull(number).optional() },
});

export const headerLine = z.object({
  format: z.literal("rollcall-history"),
  version: z.literal(1),
  exportedAt: z.iso.datetime(),
  /** How many rows follow. Absent in older exports. */
  rows: z.int().optional(),
});

const historyLine = z.discriminatedUnion("table", [
  z.strictObject({ table: z.literal("endpoint"), row: endpoint }),
  z.strictObject({ table: z.literal("reply"), row: reply }),
  z.strictObject({ table: z.literal("rollout"), row: rollout }),
  z.strictObject({ table: z.literal("watch_span"), row: span }),
  z.strictObject({ table: z.literal("observation"), row: observation }),
]);

export type HistoryLine = z.infer<typeof historyLine>;

const readable: Record<HistoryLine["table"], (row: unknown) => unknown> = {
  endpoint: parseEndpointFacts,
  reply: parseReply,
  rollout: parseRolloutFacts,
  watch_span: parseWatchSpan,
  observation: parseObservation,
};

/** Throws for a line that Rollcall could not have written. */
export function parseHistoryLine(line: string): HistoryLine {
  const parsed = historyLine.parse(JSON.parse(line));
  readable[parsed.table](parsed.row);
  return parsed;
}

/** What is wrong with a line, in one line. */
export function toLineProblem(error: unknown): string {
  if (error instanceof SyntaxError) return "is not JSON";
  if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error);
  const [issue] = error.issues;
  return `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "cannot be read"}`.replace(/^: /, "");
}

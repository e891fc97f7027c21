import type { z } from "zod";
import { ControlError } from "./control-error";

/** Parses control input, or says in one readable line what is wrong with it. */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const mistakes = result.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join(".")}: ${message}`,
  );
  throw new ControlError(400, mistakes.join("; "));
}

/** Parses a request body as JSON; an empty body is an empty object. */
export function parseJsonBody(text: string): unknown {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ControlError(400, `The body is not JSON: ${error instanceof Error ? error.message : ""}`);
  }
}

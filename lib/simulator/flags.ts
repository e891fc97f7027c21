import { parseArgs } from "node:util";
import { z } from "zod";

const port = z.coerce.number().int().min(0).max(65_535);

const flagsSchema = z.object({
  port,
  "control-port": port,
  scenario: z.string().min(1),
  speed: z.coerce.number().positive().max(1000),
  seed: z.coerce.number().int(),
  key: z.string().regex(/^[\x21-\x7e]+$/, "must be visible ASCII without spaces"),
  "inference-key": z.string().regex(/^[\x21-\x7e]+$/, "must be visible ASCII without spaces"),
  "exit-with-parent": z.boolean(),
});

export type Flags = z.infer<typeof flagsSchema>;

const OPTIONS = {
  port: { type: "string", default: "4100" },
  "control-port": { type: "string", default: "4101" },
  scenario: { type: "string", default: "demo" },
  speed: { type: "string", default: "1" },
  seed: { type: "string", default: "1" },
  key: { type: "string", default: "simulator-management-key" },
  "inference-key": { type: "string", default: "simulator-inference-key" },
  "exit-with-parent": { type: "boolean", default: false },
} as const;

/** Parses the command line. Throws an Error with a message for the person who typed it. */
export function parseFlags(args: readonly string[]): Flags {
  const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: true });
  const result = flagsSchema.safeParse(values);
  if (result.success) return result.data;
  throw new Error(
    result.error.issues.map(({ path, message }) => `--${path.join(".")}: ${message}`).join("\n"),
  );
}

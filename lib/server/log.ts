import "server-only";

import pino, { type Logger } from "pino";
import * as z from "zod";

export type Log = Pick<Logger, "info" | "warn" | "error" | "fatal" | "child">;

/**
 * The log: one JSON line per event. Pass errors as `err`, so that pino writes their message and stack. `secrets` returns
 * the values that must never appear: they are redacted from the finished line, stacks included.
 */
export function createLog(secrets: () => readonly string[], write: (line: string) => void): Log {
  const destination = { write: (line: string) => write(redact(line, secrets())) };
  return pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: toLevelName },
      serializers: { err: toLoggedError },
    },
    destination,
  );
}

/**
 * An error with its stack and the stacks of its causes. Other properties are left out: those of a database engine's
 * error hold rows and parameters.
 */
function toLoggedError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { type, message, stack } = pino.stdSerializers.err(error);
  const { code } = coded.safeParse(error).data ?? {};
  return { type, ...(code === undefined ? {} : { code }), message, stack };
}

const coded = z.object({ code: z.string() });

function toLevelName(level: string): { level: string } {
  return { level };
}

/** Redacts every secret, plain, JSON-escaped and URL-encoded. */
function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    .reduce((clean, secret) => clean.replaceAll(secret, "[redacted]"), text);
}

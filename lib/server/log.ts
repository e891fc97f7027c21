import "server-only";

import pino, { type Logger } from "pino";

export type Log = Pick<Logger, "info" | "warn" | "error" | "fatal">;

/**
 * The log: one JSON line an event on stdout. `secrets` gives the values that must never appear;
 * they are removed from the finished line, wherever in it they stand.
 */
export function createLog(secrets: () => readonly string[], write: (line: string) => void): Log {
  const destination = { write: (line: string) => write(redact(line, secrets())) };
  return pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: toLevelName } },
    destination,
  );
}

function toLevelName(level: string): { level: string } {
  return { level };
}

/** Replaces every secret, as it is and as JSON writes it. */
function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    .reduce((clean, secret) => clean.replaceAll(secret, "[redacted]"), text);
}

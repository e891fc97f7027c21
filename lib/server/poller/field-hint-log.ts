import "server-only";

import type { FieldUse } from "@/lib/domain/field-use";
import type { Log } from "@/lib/server/log";

const mostLogged = 1_000;

/**
 * Logs each unread field that looks like a count, a status or an error once per endpoint, and at most 1,000 in all. Its
 * value is neither logged nor shown as one: only people can tell what it means.
 */
export function createFieldHintLog(log: Log) {
  const logged = new Set<string>();
  return {
    note(endpointId: string, fieldUse: FieldUse | undefined): void {
      for (const { spelling, looksLike } of fieldUse?.hints ?? []) {
        const name = `${endpointId} ${spelling}`;
        if (logged.has(name) || logged.size >= mostLogged) continue;
        logged.add(name);
        log.warn(
          { endpoint: endpointId, field: spelling },
          `unread field looks like ${looksLike === "error" ? "an error" : `a ${looksLike}`}; fields in the settings can name it`,
        );
      }
    },
  };
}

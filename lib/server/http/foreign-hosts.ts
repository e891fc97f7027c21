import "server-only";

import type { Log } from "@/lib/server/log";

/** Strangers choose the names, so only the first few are logged. */
const mostNames = 20;

/**
 * Logs, once for each name, that a request asked for a host which is not the public address. `host` is empty where
 * the request names none that could be a host. `log` is null until Rollcall has started.
 */
export function createForeignHostLog(log: () => Log | null): (host: string, publicUrl: URL) => void {
  const names = new Set<string>();
  return (host, publicUrl) => {
    const into = log();
    if (into === null || names.has(host) || names.size >= mostNames) return;
    names.add(host);
    into.warn(
      {
        host,
        address: publicUrl.origin,
        ...(names.size === mostNames ? { furtherNames: "not logged" } : {}),
      },
      "A request was refused: its host is not the one in ROLLCALL_URL.",
    );
  };
}

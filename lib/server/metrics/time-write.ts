import "server-only";

import { second } from "@/lib/domain/instant";

import type { Metrics } from "./create-metrics";

/** Measures a write to the database, whose failure goes on to the caller. */
export async function timeWrite({ history }: Metrics, write: Promise<void>): Promise<void> {
  const began = performance.now();
  const end = (outcome: string) => {
    history.writes.inc({ outcome });
    history.duration.observe((performance.now() - began) / second);
  };
  await write.then(
    () => end("ok"),
    (error: unknown) => {
      end("failed");
      throw error;
    },
  );
}

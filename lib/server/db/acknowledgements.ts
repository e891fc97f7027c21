import "server-only";

import type { Kysely } from "kysely";
import * as z from "zod";

import type { Instant } from "@/lib/domain/instant";

import { asHistory } from "./database-problem";
import { instant } from "./columns";
import type { Database } from "./schema";

/** Records that a user has seen the failure of a rollout. `by` is null under open access. */
export type Acknowledgement = { endpointId: string; deploymentId: string; by: string | null; at: Instant };

const rowSchema = z
  .object({
    endpoint_id: z.string(),
    deployment_id: z.string(),
    account: z.nullable(z.string()),
    at: instant,
  })
  .transform(({ endpoint_id, deployment_id, account, at }) => ({
    endpointId: endpoint_id,
    deploymentId: deployment_id,
    by: account,
    at,
  }));

/** There is at most one acknowledgement per endpoint. */
const mostAcknowledgements = 10_000;

/** Queries for acknowledged failures. */
export function openAcknowledgements(db: Kysely<Database>) {
  return {
    /** Newest first. A failure beyond the limit is shown as not acknowledged. */
    list: asHistory(async (most: number = mostAcknowledgements): Promise<Acknowledgement[]> => {
      const rows = await db
        .selectFrom("acknowledgement")
        .selectAll()
        .orderBy("at", "desc")
        .orderBy("endpoint_id")
        .limit(most)
        .execute();
      return rows.map((row) => rowSchema.parse(row));
    }),
    put: asHistory(async ({ endpointId, deploymentId, by, at }: Acknowledgement): Promise<void> => {
      await db
        .insertInto("acknowledgement")
        .values({ endpoint_id: endpointId, deployment_id: deploymentId, account: by, at })
        .onConflict((conflict) =>
          conflict.column("endpoint_id").doUpdateSet({ deployment_id: deploymentId, account: by, at }),
        )
        .execute();
    }),
    /** False if there is no such acknowledgement. */
    remove: asHistory(async (endpointId: string, deploymentId: string): Promise<boolean> => {
      const { numDeletedRows } = await db
        .deleteFrom("acknowledgement")
        .where("endpoint_id", "=", endpointId)
        .where("deployment_id", "=", deploymentId)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    }),
  };
}

import "server-only";

import type { Selectable } from "kysely";
import * as z from "zod";

import { causeCodes } from "@/lib/domain/cause";
import type { RolloutState } from "@/lib/domain/endpoint-report";
import type { Observation, WatchSpan } from "@/lib/domain/observation";
import { reportableStatuses } from "@/lib/domain/rollout-status";
import { warningCodes } from "@/lib/domain/warning";

import type { Database } from "./schema";

const warningsSchema = z.array(
  z.object({ code: z.enum(warningCodes), field: z.string(), value: z.string() }),
);
const statusSchema = z.enum([...reportableStatuses, "unknown"]);
const fieldNamesSchema = z.array(z.string());

/** Parses warnings as they are stored. Throws on a row that Rollcall cannot have written. */
export function parseWarnings(text: string): RolloutState["warnings"] {
  return warningsSchema.parse(JSON.parse(text));
}

export function parseFieldNames(text: string): string[] {
  return fieldNamesSchema.parse(JSON.parse(text));
}

type ObservationRow = Omit<Selectable<Database["observation"]>, "id" | "endpoint_id" | "deployment_id">;

export function parseObservation(row: ObservationRow): Observation {
  return {
    at: row.at,
    notBefore: row.not_before,
    state: {
      status: statusSchema.parse(row.status),
      reportedStatus: row.reported_status,
      updatedReplicas: row.updated_replicas,
      totalReplicas: row.total_replicas,
      maxUnavailable: row.max_unavailable,
      errorMessage: row.error_message,
      warnings: parseWarnings(row.warnings),
    },
  };
}

export function toObservationRow(endpointId: string, deploymentId: string, observation: Observation) {
  const { state } = observation;
  return {
    endpoint_id: endpointId,
    deployment_id: deploymentId,
    at: observation.at,
    not_before: observation.notBefore,
    status: state.status,
    reported_status: state.reportedStatus,
    updated_replicas: state.updatedReplicas,
    total_replicas: state.totalReplicas,
    max_unavailable: state.maxUnavailable,
    error_message: state.errorMessage,
    warnings: JSON.stringify(state.warnings),
  };
}

export function parseWatchSpan(row: Omit<Selectable<Database["watch_span"]>, "endpoint_id">): WatchSpan {
  const { broken_by_code: code, broken_by_message: message } = row;
  return {
    from: row.from_at,
    until: row.until_at,
    brokenBy: code === null || message === null ? null : { code: z.enum(causeCodes).parse(code), message },
  };
}

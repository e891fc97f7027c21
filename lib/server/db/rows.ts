import "server-only";

import * as z from "zod";

import { causeCodes } from "@/lib/domain/cause";
import type { Observation, WatchSpan } from "@/lib/domain/observation";
import type { RolloutFacts } from "@/lib/domain/rollout";
import { reportableStatuses } from "@/lib/domain/rollout-status";
import { deploymentFields } from "@/lib/domain/field-use";
import { warningCodes } from "@/lib/domain/warning";

import { json } from "./columns";
import type { EndpointFacts, KeptReply } from "./recording";

/*
 * Rows of history. SQLite accepts any value in any column, so each function checks every column and throws on a row that
 * Rollcall cannot have written.
 */

const instant = z.int();
const text = z.string();

const warnings = json.pipe(z.array(z.object({ code: z.enum(warningCodes), field: text, value: text })));

const endpointRow = z.object({
  id: text,
  org: text.nullable(),
  model_arch: text.nullable(),
  created_at: instant.nullable(),
  updated_at: instant.nullable(),
  warnings,
  removed_since: instant.nullable(),
});

export function parseEndpointFacts(row: unknown): EndpointFacts {
  const { id, org, model_arch, created_at, updated_at, removed_since, ...others } = endpointRow.parse(row);
  return {
    endpointId: id,
    org,
    modelArch: model_arch,
    createdAt: created_at,
    updatedAt: updated_at,
    warnings: others.warnings,
    removedSince: removed_since,
  };
}

const rolloutRow = z.object({
  deployment_id: text,
  model: text.nullable(),
  version: text.nullable(),
  version_alias: text.nullable(),
  created_at: instant.nullable(),
  first_observed_at: instant,
  ended_at: instant.nullable(),
  error_since: instant.nullable(),
  last_seen_at: instant.nullable(),
  removed_since: instant.nullable(),
});

export function parseRolloutFacts(input: unknown): RolloutFacts {
  const row = rolloutRow.parse(input);
  const { last_seen_at: lastSeenAt, removed_since: since } = row;
  return {
    deploymentId: row.deployment_id,
    model: row.model,
    version: row.version,
    versionAlias: row.version_alias,
    createdAt: row.created_at,
    firstObservedAt: row.first_observed_at,
    endedAt: row.ended_at,
    errorSince: row.error_since,
    removed: since === null || lastSeenAt === null ? null : { since, lastSeenAt },
  };
}

const observationRow = z.object({
  at: instant,
  not_before: instant.nullable(),
  status: z.enum([...reportableStatuses, "unknown"]),
  reported_status: text.nullable(),
  updated_replicas: z.number().nullable(),
  total_replicas: z.number().nullable(),
  max_unavailable: z.number().nullable(),
  error_message: text.nullable(),
  warnings,
  messages_between: z.int().nullish(),
});

export function parseObservation(input: unknown): Observation {
  const row = observationRow.parse(input);
  return {
    at: row.at,
    notBefore: row.not_before,
    state: {
      status: row.status,
      reportedStatus: row.reported_status,
      updatedReplicas: row.updated_replicas,
      totalReplicas: row.total_replicas,
      maxUnavailable: row.max_unavailable,
      errorMessage: row.error_message,
      warnings: row.warnings,
    },
    ...(row.messages_between == null ? {} : { messagesBetween: row.messages_between }),
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
    messages_between: observation.messagesBetween ?? null,
  };
}

const spanRow = z.object({
  from_at: instant,
  until_at: instant,
  broken_by_code: z.enum(causeCodes).nullable(),
  broken_by_message: text.nullable(),
});

export function parseWatchSpan(row: unknown): WatchSpan {
  const {
    from_at: from,
    until_at: until,
    broken_by_code: code,
    broken_by_message: message,
  } = spanRow.parse(row);
  return { from, until, brokenBy: code === null || message === null ? null : { code, message } };
}

const deploymentField = z.enum(deploymentFields);
const fieldUse = z.object({
  sources: z.array(
    z.object({
      field: deploymentField,
      spellings: z.array(text),
      isNull: z.boolean(),
      ignored: z.array(text),
    }),
  ),
  hints: z.array(
    z.object({
      spelling: text,
      looksLike: z.enum(["count", "error", "status"]),
      field: deploymentField.nullable(),
    }),
  ),
});

const replyRow = z.object({
  body: text,
  is_shortened: z.union([z.literal(0), z.literal(1)]),
  unread_fields: json.pipe(z.array(text)),
  field_use: json.pipe(fieldUse).nullish(),
});

export function parseReply(input: unknown): KeptReply {
  const row = replyRow.parse(input);
  return {
    body: row.body,
    isShortened: row.is_shortened === 1,
    unreadFields: row.unread_fields,
    ...(row.field_use == null ? {} : { fieldUse: row.field_use }),
  };
}

export function parseUnreadFields(input: unknown): readonly string[] {
  return replyRow.pick({ unread_fields: true }).parse(input).unread_fields;
}

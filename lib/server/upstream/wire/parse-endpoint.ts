import "server-only";

import type { DeploymentReport, EndpointReport } from "@/lib/domain/endpoint-report";
import type { Instant } from "@/lib/domain/instant";
import type { Warning } from "@/lib/domain/warning";

import { unreadable } from "../failure";
import { fieldSpellings } from "./field-spellings";
import { pick, toObject, type JsonObject } from "./fields";
import { parseDeployment } from "./parse-deployment";
import { parseInstant } from "./parse-instant";
import { parseName, quote } from "./parse-text";
import { findUnreadFields } from "./unread-fields";

const spellings = fieldSpellings.endpoint;

/**
 * A status reply as a report. Tolerant field by field; throws an UpstreamFailure where it is no
 * object, has no field of an endpoint, or its list of deployments is no list.
 */
export function parseEndpoint(
  json: unknown,
  endpointId: string,
  now: Instant,
): { report: EndpointReport; unreadFields: string[] } {
  const object = toObject(json);
  if (object === null) throw unreadable("not an object");
  if (!isStatus(object)) throw unreadable("no field of an endpoint");
  const listed = pick(object, spellings.deployments) ?? [];
  if (!Array.isArray(listed)) throw unreadable("deployments are not a list");
  const { deployments, warnings } = parseDeployments(listed, now);
  const created = parseInstant(pick(object, spellings.createdAt), "The creation time", now);
  const updated = parseInstant(pick(object, spellings.updatedAt), "The time of the update", now);
  return {
    unreadFields: findUnreadFields(json, fieldSpellings.endpoint, fieldSpellings.deployment),
    report: {
      endpointId,
      org: parseName(pick(object, spellings.org)),
      modelArch: parseName(pick(object, spellings.modelArch)),
      createdAt: created.instant,
      updatedAt: updated.instant,
      deployments,
      warnings: [
        ...compareNames(parseName(pick(object, spellings.name)), endpointId),
        ...created.warnings,
        // The other warnings about a time speak of the creation.
        ...updated.warnings.filter(({ code }) => code === "unreadable_instant"),
        ...warnings,
      ],
    },
  };
}

/** Without a single field of an endpoint an object says nothing, least of all that all deployments are gone. */
function isStatus(object: JsonObject): boolean {
  return Object.values(spellings).some((names) => pick(object, names) !== null);
}

function parseDeployments(listed: readonly unknown[], now: Instant) {
  const deployments = new Map<string, DeploymentReport>();
  const warnings: Warning[] = [];
  for (const item of listed) {
    const object = toObject(item);
    const deployment = object === null ? null : parseDeployment(object, now);
    if (deployment === null) {
      warnings.push({ code: "unreadable_deployment", field: "deployed_models", value: quote(item) });
    } else if (deployments.has(deployment.deploymentId)) {
      warnings.push({ code: "duplicate_deployment", field: "id", value: deployment.deploymentId });
    } else {
      deployments.set(deployment.deploymentId, deployment);
    }
  }
  return { deployments: [...deployments.values()], warnings: warnings.slice(0, mostWarnings) };
}

/** A list with thousands of broken entries is one oddity, not thousands. */
const mostWarnings = 20;

function compareNames(name: string | null, endpointId: string): Warning[] {
  return name === null || name === endpointId ? [] : [{ code: "name_mismatch", field: "name", value: name }];
}

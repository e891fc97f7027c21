import "server-only";

import type { Environment } from "./environment";
import { isReadable } from "./files";
import type { SettingsMistake, Variables } from "./issues";
import type { Organization } from "./organization";

/** The Metrics API needs a key and an id: one alone does nothing. */
export function findHalfMetrics(given: Variables): SettingsMistake[] {
  const [key, keyFile, id] = [
    "CEREBRAS_INFERENCE_API_KEY",
    "CEREBRAS_INFERENCE_API_KEY_FILE",
    "CEREBRAS_ORGANIZATION_ID",
  ] as const;
  const file = given[keyFile];
  const hasKey = given[key] !== undefined || file !== undefined;
  const mistakes: SettingsMistake[] = [];
  if (hasKey && given[id] === undefined)
    mistakes.push({
      setting: id,
      problem: `is not set, but ${key} is. Set both to see what callers felt, or neither.`,
    });
  if (!hasKey && given[id] !== undefined)
    mistakes.push({
      setting: key,
      problem: `is not set, but ${id} is. Set both to see what callers felt, or neither.`,
    });
  if (given[key] !== undefined && file !== undefined)
    mistakes.push({ setting: keyFile, problem: `and ${key} are both set. Keep one of them.` });
  if (file !== undefined && !isReadable(file))
    mistakes.push({ setting: keyFile, problem: `names a file that cannot be read: ${file}` });
  return mistakes;
}

/** How to ask the Metrics API; nothing without an id. */
export function toMetrics(environment: Environment): Pick<Organization, "metrics"> {
  const { CEREBRAS_INFERENCE_API_KEY: value, CEREBRAS_INFERENCE_API_KEY_FILE: file } = environment;
  const { CEREBRAS_ORGANIZATION_ID: organizationId } = environment;
  if (organizationId === undefined) return {};
  return { metrics: { organizationId, key: value === undefined ? { file: file ?? "" } : { value } } };
}

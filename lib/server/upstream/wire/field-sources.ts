import "server-only";

import { deploymentFields, type DeploymentField, type FieldSource } from "@/lib/domain/field-use";

import { type DeploymentSpellings, isPresent, type JsonObject, toObject, valueAt } from "./fields";

const mostRowsSearched = 1_000;

/** Under which names the deployments of a reply have each field. */
export function findFieldSources(rows: readonly unknown[], spellings: DeploymentSpellings): FieldSource[] {
  const objects = rows.slice(0, mostRowsSearched).flatMap((row) => toObject(row) ?? []);
  return deploymentFields.map((field) => {
    const used = new Set<string>();
    const ignored = new Set<string>();
    let isNull = false;
    for (const object of objects) {
      const source = findSource(object, field, spellings);
      if (source === null) {
        isNull ||= spellings[field].some((spelling) => isPresent(object, spelling));
        continue;
      }
      used.add(source.spelling);
      for (const spelling of source.ignored) ignored.add(spelling);
    }
    return { field, spellings: [...used], isNull: isNull && used.size === 0, ignored: [...ignored] };
  });
}

/** The name under which an object has a field, its value, and the further names with another value; null without one. */
export function findSource(
  object: JsonObject,
  field: DeploymentField,
  spellings: DeploymentSpellings,
): { spelling: string; value: unknown; ignored: string[] } | null {
  // An error message may be an object, and an empty one is none.
  const isText = field === "errorMessage";
  const present = spellings[field].flatMap((spelling) => {
    const value = valueAt(object, spelling);
    return value === null || (isText && value === "") ? [] : [{ spelling, value }];
  });
  const read = (isText ? null : present.find(isScalar)) ?? present[0];
  if (read === undefined) return null;
  const ignored = present.filter((other) => isScalar(other) && !isSame(other.value, read.value));
  return { ...read, ignored: ignored.map(({ spelling }) => spelling) };
}

function isScalar({ value }: { value: unknown }): boolean {
  return typeof value !== "object";
}

/** A count is the same as a number and as text. */
function isSame(one: unknown, other: unknown): boolean {
  return isScalar({ value: one }) && String(one) === String(other);
}

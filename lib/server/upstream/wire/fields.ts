import "server-only";

/** A JSON object whose fields have not been looked at. */
export type JsonObject = ReadonlyMap<string, unknown>;

/** The fields of a JSON object; null for every other value. */
export function toObject(json: unknown): JsonObject | null {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return null;
  return new Map<string, unknown>(Object.entries(json));
}

/** The value under the first spelling that is present and not null; null when there is none. */
export function pick(object: JsonObject, spellings: readonly string[]): unknown {
  return pickAll(object, spellings)[0] ?? null;
}

/** The values under every spelling that is present and not null, likeliest spelling first. */
export function pickAll(object: JsonObject, spellings: readonly string[]): unknown[] {
  return spellings.map((spelling) => object.get(spelling) ?? null).filter((value) => value !== null);
}

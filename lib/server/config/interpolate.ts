import "server-only";

import type { Variables } from "./issues";

/** A variable that is used but not set. */
type Missing = { path: readonly (string | number)[]; name: string };

const reference = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Replaces `${NAME}` in every string of a value by the environment variable; `$${` stands for `${`. */
export function interpolate(
  value: unknown,
  variables: Variables,
  path: readonly (string | number)[] = [],
): { value: unknown; missing: Missing[] } {
  if (typeof value === "string") {
    const missing: Missing[] = [];
    const filled = value.replaceAll(reference, (whole, name: string | undefined) => {
      if (name === undefined) return "${";
      const known = variables[name];
      if (known !== undefined && known !== "") return known;
      missing.push({ path, name });
      return whole;
    });
    return { value: filled, missing };
  }
  if (Array.isArray(value)) {
    const parts = value.map((part: unknown, index) => interpolate(part, variables, [...path, index]));
    return { value: parts.map((part) => part.value), missing: parts.flatMap((part) => part.missing) };
  }
  if (typeof value === "object" && value !== null) {
    const parts = Object.entries(value).map(
      ([key, part]) => [key, interpolate(part, variables, [...path, key])] as const,
    );
    return {
      value: Object.fromEntries(parts.map(([key, part]) => [key, part.value])),
      missing: parts.flatMap(([, part]) => part.missing),
    };
  }
  return { value, missing: [] };
}

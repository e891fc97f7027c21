import "server-only";

import * as z from "zod";

import { isEndpointId } from "@/lib/domain/endpoint-id";

/** An organization whose endpoints are watched, with the key that its management wants. */
export type Organization = {
  /** Management organization name whose listing is watched; null: only `endpointIds`. */
  org: string | null;
  key: { value: string } | { file: string };
  /** Endpoint ids watched beside the listing, or instead of it. */
  endpointIds: readonly string[];
};

/** Longer than any key of Cerebras; a text beyond it is something else, such as a certificate. */
const mostKeyCharacters = 512;

/** A management key, by its characters. The messages never quote it. */
export const managementKey = z
  .string()
  .regex(
    /^[\x21-\x7e]+$/,
    "holds a space, a line break or another character that no key has, or nothing at all. Copy it again, without the line break at its end.",
  )
  .max(mostKeyCharacters, `is longer than ${mostKeyCharacters} characters, as no key is. Copy the key alone.`)
  .refine(
    (key) => !/^(["'`]).*\1$/.test(key),
    "begins and ends with quotation marks, which are not part of a key. Leave them out.",
  );

/** The name of an organization, or the id of an endpoint. */
export const identifier = z
  .string()
  .refine(isEndpointId, "may hold letters, digits, dots, dashes and underscores, up to 128 of them.");

import "server-only";

import * as z from "zod";

import { isEndpointId } from "@/lib/domain/endpoint-id";
import type { FurtherSpellings } from "@/lib/domain/field-use";

/** An organization to watch, and its management key. */
export type Organization = {
  /** Management organization name, to list endpoints; null: only `endpointIds` are watched. */
  org: string | null;
  key: { value: string } | { file: string };
  /** Endpoint ids watched in addition to the listing, or instead of it. */
  endpointIds: readonly string[];
  /** Further names of the fields in its replies; absent: none. */
  fields?: FurtherSpellings;
  /** How to ask the Metrics API what callers felt; absent: it is never asked. */
  metrics?: { organizationId: string; key: { value: string } | { file: string } };
};

/** Longer than any Cerebras key; a longer text is something else, such as a certificate. */
const mostKeyCharacters = 512;

/** Checks the characters of a management key. The messages never quote it. */
export const managementKey = z
  .string()
  .regex(
    /^[\x21-\x7e]+$/,
    "holds a space, a line break or another character that is not part of a key, or it is empty. Copy it again, without the final line break.",
  )
  .max(
    mostKeyCharacters,
    `is longer than ${mostKeyCharacters} characters, which is too long for a key. Copy only the key.`,
  )
  .refine(
    (key) => !/^(["'`]).*\1$/.test(key),
    "begins and ends with quotation marks, which are not part of a key. Remove them.",
  );

/** The id of an organization in the Metrics API, which is not its name. */
export const organizationId = z
  .string()
  .regex(
    /^org_[A-Za-z0-9_-]{1,120}$/,
    "must be the id of the organization, such as org_abc123, which cloud.cerebras.ai shows under Settings. It is not the organization's name.",
  );

/** The name of an organization, or the id of an endpoint. */
export const identifier = z
  .string()
  .refine(
    isEndpointId,
    "may hold only letters, digits, dots, dashes and underscores, at most 128 characters.",
  );

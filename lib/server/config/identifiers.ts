import "server-only";

import * as z from "zod";

import { isEndpointId } from "@/lib/domain/endpoint-id";

/** A management key, by its characters. The message never quotes it. */
export const managementKey = z
  .string()
  .regex(
    /^[\x21-\x7e]+$/,
    "holds a space, a line break or another character that no key has. Copy it again, without the line break at its end.",
  );

/** The name of an organisation, or the id of an endpoint. */
export const identifier = z
  .string()
  .refine(isEndpointId, "may hold letters, digits, dots, dashes and underscores, up to 128 of them.");

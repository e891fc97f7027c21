import * as z from "zod/mini";

import { day, type Duration } from "@/lib/domain/instant";
import { tokenScopes } from "@/lib/domain/token-scope";

import { instantSchema } from "./instant";

/** How long a service token is valid. */
export const tokenLifetimes: Readonly<Record<"month" | "quarter" | "year", Duration>> = {
  month: 30 * day,
  quarter: 90 * day,
  year: 365 * day,
};

/** Creates a service token. `orgs` limits what it reads; null: no limit. */
export const serviceTokenRequestSchema = z.object({
  /** Says in lists and in the audit log which program uses it. */
  name: z
    .string()
    .check(
      z.trim(),
      z.regex(/^[^\s/\\]{1,80}$/, "A name has 1 to 80 characters, without spaces and slashes."),
    ),
  scopes: z.array(z.enum(tokenScopes)).check(z.minLength(1, "Choose what the token may do.")),
  orgs: z.nullable(z.array(z.string().check(z.maxLength(128))).check(z.minLength(1), z.maxLength(500))),
  lifetime: z.enum(["month", "quarter", "year"]),
});

export type ServiceTokenRequest = z.infer<typeof serviceTokenRequestSchema>;

const serviceTokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(tokenScopes)),
  orgs: z.nullable(z.array(z.string())),
  /** The displayed name of the person who made it. */
  madeBy: z.string(),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  /** To the minute; null: never used. */
  lastUsedAt: z.nullable(instantSchema),
});

export type ServiceTokenView = z.infer<typeof serviceTokenSchema>;

/** Every service token by name, also expired ones, for 90 days. */
export const serviceTokenListSchema = z.object({
  tokens: z.array(serviceTokenSchema),
  /** The organizations that a token can be limited to. */
  orgs: z.array(z.string()),
});

export type ServiceTokenList = z.infer<typeof serviceTokenListSchema>;

/** A new token with its value, which only this response contains; the server stores a hash. */
export const newServiceTokenSchema = z.object({ token: serviceTokenSchema, value: z.string() });

export type NewServiceToken = z.infer<typeof newServiceTokenSchema>;

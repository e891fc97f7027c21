import "server-only";

import * as z from "zod";

import { isEndpointId } from "@/lib/domain/endpoint-id";

import { databaseAddress } from "./database-address";
import { usualDatabase } from "./database-setting";
import { isLoopbackHost } from "./loopback";

const managementKey = z
  .string()
  .regex(
    /^[\x21-\x7e]+$/,
    "holds a space, a line break or another character that no key has. Copy it again, without the line break at its end.",
  );

const identifier = z
  .string()
  .refine(isEndpointId, "may hold letters, digits, dots, dashes and underscores, up to 128 of them.");

function wholeNumber(least: number, most: number) {
  return z
    .string()
    .refine(
      (text) => /^\d{1,7}$/.test(text) && Number(text) >= least && Number(text) <= most,
      `must be a whole number from ${least} to ${most}.`,
    )
    .transform(Number);
}

function webAddress(problem: string) {
  return z
    .string()
    .refine((text) => /^https?:$/.test(parseUrl(text)?.protocol ?? ""), problem)
    .transform((text) => new URL(text));
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

const upstreamUrl = webAddress("must be a web address such as https://api.cerebras.ai.")
  .refine(
    ({ protocol, hostname }) => protocol === "https:" || isLoopbackHost(hostname),
    "is plain http to another machine, which would send the management key in the clear. Use https.",
  )
  .refine(
    ({ username, password }) => username === "" && password === "",
    "must not hold a user name or password.",
  );

const endpointIds = z
  .string()
  .transform((text) => [...new Set(text.split(",").map((id) => id.trim()))].filter((id) => id !== ""))
  .pipe(z.array(identifier));

/** The environment variables that Rollcall reads, each with its rule and its default (product.md, Settings). */
export const environmentSchema = z.object({
  CEREBRAS_MANAGEMENT_API_KEY: managementKey.optional(),
  CEREBRAS_MANAGEMENT_API_KEY_FILE: z.string().optional(),
  CEREBRAS_ORG: identifier.optional(),
  ROLLCALL_ENDPOINTS: endpointIds.default([]),
  CEREBRAS_API_URL: upstreamUrl.default(new URL("https://api.cerebras.ai")),
  DATABASE_URL: databaseAddress.prefault(usualDatabase),
  ROLLCALL_URL: webAddress(
    "must be the web address people open, such as https://rollcall.example.com.",
  ).optional(),
  ROLLCALL_ACCESS: z.enum(["sign-in", "open"], "must be sign-in or open.").default("sign-in"),
  ROLLCALL_POLL_ACTIVE_SECONDS: wholeNumber(1, 3_600).default(5),
  ROLLCALL_POLL_IDLE_SECONDS: wholeNumber(1, 86_400).default(30),
  ROLLCALL_MAX_REQUESTS_PER_MINUTE: wholeNumber(1, 100_000).default(120),
  ROLLCALL_RETENTION_DAYS: wholeNumber(1, 36_500).optional(),
  PORT: wholeNumber(0, 65_535).default(3_000),
  HOSTNAME: z.string().default("127.0.0.1"),
});

export type Environment = z.infer<typeof environmentSchema>;

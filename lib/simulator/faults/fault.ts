import { validateHeaderName, validateHeaderValue } from "node:http";
import { z } from "zod";
import { jsonValue } from "../json";

const MAX_DELAY_MS = 3_600_000;
const GIGABYTE = 1_000_000_000;

const delayMs = z.int().min(0).max(MAX_DELAY_MS);
const intervalMs = z.int().min(1).max(MAX_DELAY_MS).default(200);
const statusCode = z.int().min(200).max(599);
const headerValue = z.string().refine(isHeaderValue, "not a header value that can be sent");
const headers = z
  .record(z.string().refine(isHeaderName, "not a header name"), z.union([headerValue, z.array(headerValue)]))
  .default({});

/** Which requests a fault applies to: all of them unless narrowed. */
const where = {
  /** Raw paths that begin so (query included in the path). */
  path: z.string().startsWith("/").optional(),
  /** Raw paths that match this regular expression. */
  pattern: z.string().refine(isRegExp, "not a regular expression").optional(),
  method: z.string().toUpperCase().optional(),
  /** Lets this many matching requests pass first. */
  after: z.int().min(0).default(0),
  /** Applies this many times and is then used up. */
  times: z.int().min(1).optional(),
};

function perRequest<Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) {
  return z.strictObject({ kind: z.literal(kind), ...where, ...shape });
}

const requestFault = z.discriminatedUnion("kind", [
  perRequest("hang", {}),
  perRequest("dribble", { intervalMs }),
  perRequest("slow", { delayMs }),
  perRequest("slow-headers", { intervalMs }),
  perRequest("reset", {}),
  perRequest("truncated", {}),
  perRequest("empty", {}),
  perRequest("html", {}),
  perRequest("wrong-type", { contentType: headerValue.default("text/plain") }),
  perRequest("invalid-json", {}),
  perRequest("wrong-shape", { value: jsonValue.default([]) }),
  perRequest("huge", { bytes: z.int().min(1).max(GIGABYTE).default(GIGABYTE) }),
  perRequest("gzip-bomb", { inflatedBytes: z.int().min(1).max(GIGABYTE).default(200_000_000) }),
  perRequest("redirect", {
    status: z.union([z.literal(301), z.literal(302), z.literal(307), z.literal(308)]).default(302),
    location: headerValue.default("/management/v1/redirected"),
  }),
  perRequest("status", { status: statusCode, body: jsonValue.optional(), headers }),
  perRequest("body", { body: jsonValue, status: statusCode.default(200), headers }),
  perRequest("set-cookie", { cookie: headerValue.default("upstream_session=cookie-canary; Path=/") }),
  perRequest("headers", { headers }),
  perRequest("malformed", {}),
]);

/** A fault that stays active until it is cleared, for every request. */
const lastingFault = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("refuse") }),
  z.strictObject({ kind: z.literal("unlist"), endpointId: z.string().min(1) }),
  z.strictObject({ kind: z.literal("freeze-updated"), to: z.enum(["now", "creation"]).default("now") }),
]);

export const faultSchema = z.discriminatedUnion("kind", [requestFault, lastingFault]);
export type Fault = z.infer<typeof faultSchema>;
export type RequestFault = z.infer<typeof requestFault>;

/** The request fault of one kind, for the function that acts it out. */
export type FaultOf<Kind extends RequestFault["kind"]> = Extract<RequestFault, { kind: Kind }>;

/** True for faults that act on single requests. */
export function isRequestFault(fault: Fault): fault is RequestFault {
  return fault.kind !== "refuse" && fault.kind !== "unlist" && fault.kind !== "freeze-updated";
}

function isRegExp(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

function isHeaderName(name: string): boolean {
  try {
    validateHeaderName(name);
    return true;
  } catch {
    return false;
  }
}

function isHeaderValue(value: string): boolean {
  try {
    validateHeaderValue("x-checked", value);
    return true;
  } catch {
    return false;
  }
}

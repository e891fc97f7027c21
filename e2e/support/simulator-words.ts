/** Which requests are affected. By default every request, always. */
type Where = { path?: string; pattern?: string; method?: string; after?: number; times?: number };

type RequestFault =
  | { kind: "hang" | "reset" | "truncated" | "empty" | "html" | "invalid-json" | "malformed" }
  | { kind: "dribble" | "slow-headers"; intervalMs?: number }
  | { kind: "slow"; delayMs: number }
  | { kind: "wrong-type"; contentType?: string }
  | { kind: "wrong-shape"; value?: unknown }
  | { kind: "huge"; bytes?: number }
  | { kind: "gzip-bomb"; inflatedBytes?: number }
  | { kind: "redirect"; status?: 301 | 302 | 307 | 308; location?: string }
  | { kind: "status"; status: number; body?: unknown; headers?: Record<string, string> }
  | { kind: "body"; body: unknown; status?: number; headers?: Record<string, string> }
  | { kind: "set-cookie"; cookie?: string }
  | { kind: "headers"; headers: Record<string, string> };

/** A misbehavior of the upstream; lib/simulator/README.md says what each kind does. */
export type Fault =
  | (RequestFault & Where)
  | { kind: "refuse" }
  | { kind: "unlist"; endpointId: string }
  | { kind: "freeze-updated"; to?: "now" | "creation" };

/** An endpoint to serve, with the fields of deployments verbatim. */
export type EndpointInput = {
  org: string;
  arch: string;
  created?: unknown;
  updated?: unknown;
  deployments?: readonly unknown[];
};

/** A request as the upstream received it. `status` is null before the answer. */
export type LoggedRequest = {
  at: number;
  method: string;
  rawPath: string;
  headers: readonly (readonly [string, string])[];
  status: number | null;
};

import type { Problem } from "@/lib/contract/problem";

/** Why a request to Rollcall's server failed. `outdated`: a newer build has replaced this page's scripts. */
export type ApiFailureKind = "unreachable" | "timed_out" | "problem" | "unreadable" | "outdated";

/** A failed request to Rollcall's server. The message is the sentence that people read. */
export class ApiFailure extends Error {
  readonly kind: ApiFailureKind;
  /** The HTTP status; null if there was no response. */
  readonly status: number | null;

  constructor(kind: ApiFailureKind, sentence: string, status: number | null = null) {
    super(sentence);
    this.name = "ApiFailure";
    this.kind = kind;
    this.status = status;
  }
}

export function unreachable(): ApiFailure {
  return new ApiFailure("unreachable", "Rollcall’s server cannot be reached.");
}

export function timedOut(): ApiFailure {
  return new ApiFailure("timed_out", "Rollcall’s server took too long to answer.");
}

/** The response matches neither the expected schema nor that of a problem. */
export function unreadable(status: number): ApiFailure {
  return new ApiFailure(
    "unreadable",
    `Rollcall’s server answered ${status} in a form that cannot be read.`,
    status,
  );
}

export function outdated(): ApiFailure {
  return new ApiFailure("outdated", "A newer Rollcall is running; this page has to be loaded again.");
}

export function fromProblem({ status, title, detail }: Problem): ApiFailure {
  return new ApiFailure("problem", detail === "" ? title : detail, status);
}

/** Whether the request failed because the server no longer knows this viewer. */
export function isSignedOut(error: Error | null): boolean {
  return error instanceof ApiFailure && error.status === 401;
}

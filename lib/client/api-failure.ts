import type { Problem } from "@/lib/contract/problem";

/** What kept an answer of our own server from us. */
export type ApiFailureKind = "unreachable" | "timed_out" | "problem" | "unreadable" | "outdated";

/** A question to our own server that failed, with the sentence that people read as its message. */
export class ApiFailure extends Error {
  readonly kind: ApiFailureKind;
  /** The HTTP status, where there was an answer. */
  readonly status: number | null;

  constructor(kind: ApiFailureKind, sentence: string, status: number | null = null) {
    super(sentence);
    this.name = "ApiFailure";
    this.kind = kind;
    this.status = status;
  }
}

/** No answer at all. */
export function unreachable(): ApiFailure {
  return new ApiFailure("unreachable", "Rollcall’s server cannot be reached.");
}

/** No answer within the time that a viewer waits. */
export function timedOut(): ApiFailure {
  return new ApiFailure("timed_out", "Rollcall’s server took too long to answer.");
}

/** An answer that is neither what was asked for nor a problem that can be read. */
export function unreadable(status: number): ApiFailure {
  return new ApiFailure(
    "unreadable",
    `Rollcall’s server answered ${status} in a form that cannot be read.`,
    status,
  );
}

/** This page's own scripts are gone: a newer build is running. */
export function outdated(): ApiFailure {
  return new ApiFailure("outdated", "A newer Rollcall is running; this page has to be loaded again.");
}

/** An error that the server explains. */
export function fromProblem({ status, title, detail }: Problem): ApiFailure {
  return new ApiFailure("problem", detail === "" ? title : detail, status);
}

/** Whether the request failed because the server no longer knows this viewer. */
export function isSignedOut(error: Error | null): boolean {
  return error instanceof ApiFailure && error.status === 401;
}

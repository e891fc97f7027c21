import { ApiFailure } from "./api-failure";

/** Whether what went wrong is that our server does not know this viewer any more. */
export function isSignedOut(error: Error | null): boolean {
  return error instanceof ApiFailure && error.status === 401;
}

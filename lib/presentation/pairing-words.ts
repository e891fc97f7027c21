/** Sentences of both walls about pairing. */
export const pairHeading = "Pair this screen.";
export const gettingCode = "Getting a code.";

/** Why a screen cannot be paired whose browser does not return the cookie of Rollcall at `host`. */
export function cookieProblem(host: string): string {
  return `This screen can’t be paired because its browser doesn’t keep Rollcall’s cookie. Allow cookies for ${host}. If the wall is in a frame of another site, open it at its own address instead.`;
}

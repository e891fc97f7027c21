import { end } from "./children.mjs";

/** Prints one line about the progress. */
export function say(line) {
  console.log(line);
}

/** Prints the reason and ends everything. */
export function fail(reason) {
  console.error(reason);
  return end(1);
}

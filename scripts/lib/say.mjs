import { end } from "./children.mjs";

/** One line about what is being done, for the person who waits. */
export function say(line) {
  console.log(line);
}

/** Says why it cannot go on, and ends everything. */
export function fail(reason) {
  console.error(reason);
  return end(1);
}

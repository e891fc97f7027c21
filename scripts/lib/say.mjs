import { end } from "./children.mjs";

let isStatusShown = false;

/** Prints one line. */
export function say(line) {
  clearStatus();
  console.log(line);
}

/** Shows a line that the next one replaces; where that is not possible, it is a line like any other. */
export function showStatus(line) {
  if (!process.stdout.isTTY) return say(line);
  clearStatus();
  process.stdout.write(line.slice(0, process.stdout.columns - 1));
  isStatusShown = true;
}

/** Prints the reason and ends everything. */
export function fail(reason) {
  clearStatus();
  console.error(reason);
  return end(1);
}

function clearStatus() {
  if (isStatusShown) process.stdout.write("\r\u001b[K");
  isStatusShown = false;
}

import { isEnding } from "./children.mjs";
import { say, showStatus } from "./say.mjs";

const EVERY_MS = process.stdout.isTTY ? 1_000 : 15_000;
let planned = 0;
let begun = 0;

/** How many of the coming steps there are, so that each can say which one it is. */
export function planSteps(count) {
  planned = count;
  begun = 0;
}

/**
 * Runs a step that may take long, and says how far it is and for how long already: in place on a terminal, in a line every
 * 15 s elsewhere. `readDetail` returns how far it is, or an empty string while that is unknown. Resolves with what `work` does.
 */
export async function during(name, work, readDetail = () => "") {
  begun += 1;
  const title = planned > 0 ? `Step ${begun} of ${planned}: ${name}` : name;
  const start = performance.now();
  const seconds = () => `${Math.round((performance.now() - start) / 1_000)} s`;
  const tell = () => {
    if (isEnding()) return;
    const detail = readDetail();
    showStatus(`${title}${detail === "" ? "" : `, ${detail}`} (${seconds()})`);
  };
  showStatus(`${title} …`);
  const telling = setInterval(tell, EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(telling);
    say(`${title}: took ${seconds()}`);
  }
}

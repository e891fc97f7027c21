import type { ConnectionState } from "@/lib/domain/connection";

const words: Record<ConnectionState, string> = {
  live: "Live",
  delayed: "Delayed",
  blind: "Blind",
  cut_off: "No answer",
};

/** Whether what a page shows is current, in a word or two. `cut_off`: Rollcall's own server does not answer. */
export function connectionWord(state: ConnectionState): string {
  return words[state];
}

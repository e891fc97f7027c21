import type { Standing } from "./standing";

type Kind = { names: readonly Standing[]; one: string; many: string };

const kinds: readonly Kind[] = [
  { names: ["error"], one: "has failed", many: "have failed" },
  { names: ["stalled", "regressing"], one: "looks stuck", many: "look stuck" },
  { names: ["rolling_back"], one: "is rolling back", many: "are rolling back" },
  { names: ["in_progress"], one: "is rolling out", many: "are rolling out" },
  { names: ["not_started"], one: "is waiting to start", many: "are waiting to start" },
  { names: ["unknown"], one: "is in an unknown state", many: "are in unknown states" },
];

/** How a fleet stands in one sentence: what fails and moves is counted, what is quiet is summed up. */
export function fleetSentence(standings: readonly Standing[]): string {
  const said = kinds.flatMap(({ names, one, many }) => {
    const count = standings.filter((standing) => names.includes(standing)).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  const all = standings.length === 1 ? "1 endpoint" : `${standings.length} endpoints`;
  return said.length === 0 ? `${all}, all quiet.` : `${all}: ${joinWords(said)}.`;
}

function joinWords(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

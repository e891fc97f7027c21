import { median } from "@/lib/domain/extremes";
import { hour, minute } from "@/lib/domain/instant";

import type { Row } from "../support/table";
import { makeCorpus, shapes, type Sample } from "./corpus";
import { covered, firstStall, meanWidth, rivalWidth, toGuesses, type Guess } from "./judge";

const rollouts = 1_200;
const fewestRollouts = 300;

/** Time left and stalls, judged on simulated rollouts that nothing was tuned on. It has no short form: alarms are rare. */
export function measureTimeLeft(): Promise<Row[]> {
  const corpus = makeCorpus("unseen", rollouts);
  const healthy = corpus.filter(({ outcome }) => outcome === "done");
  const guesses = healthy.flatMap(toGuesses);
  return Promise.resolve([
    { what: "rollouts", figure: corpus.length, unit: "", least: fewestRollouts },
    ...toTimeRows(guesses),
    ...toStallRows(corpus),
  ]);
}

function toTimeRows(guesses: readonly Guess[]): Row[] {
  const given = guesses.flatMap(toInterval);
  const share = covered(given);
  const byShape = shapes.map((shape) => ({
    what: `  ${shape}`,
    figure: 100 * covered(guesses.filter(({ sample }) => sample.shape === shape).flatMap(toInterval)),
    unit: "%",
  }));
  const ownOnly = guesses.filter(({ jenkins, sample }) => jenkins === null && sample.pasts.length === 0);
  return [
    { what: "truth inside the 80 % interval", figure: 100 * share, unit: "%", least: 75, limit: 90 },
    ...byShape,
    { what: "  endpoints without a past", figure: 100 * covered(ownOnly.flatMap(toInterval)), unit: "%" },
    { what: "moments with an interval", figure: (100 * given.length) / guesses.length, unit: "%" },
    { what: "mean width, in shares of the duration", figure: 100 * meanWidth(given), unit: "%" },
    ...toRivalRow("linear so far", guesses, ({ linear }) => linear),
    ...toRivalRow("Jenkins's mean of three", guesses, ({ jenkins }) => jenkins),
  ];
}

function toInterval({ rollcall, left, took }: Guess) {
  return rollcall === null ? [] : [{ range: rollcall, left, took }];
}

/** Both widths where both have an answer. */
function toRivalRow(name: string, guesses: readonly Guess[], pick: (guess: Guess) => number | null): Row[] {
  const both = guesses.flatMap((guess) => {
    const middle = pick(guess);
    return middle === null || guess.rollcall === null ? [] : [{ ...guess, middle }];
  });
  const ours = both.flatMap(toInterval);
  const theirs = rivalWidth(both, covered(ours));
  return [
    {
      what: `  width where ${name} also answers`,
      figure: 100 * meanWidth(ours),
      unit: "%",
      ratio: {
        to: `its width at ${(100 * covered(ours)).toFixed(0)} % coverage`,
        value: meanWidth(ours) / theirs,
        most: 1,
      },
    },
  ];
}

function toStallRows(corpus: readonly Sample[]): Row[] {
  const healthy = corpus.filter(({ outcome }) => outcome !== "stuck");
  const alarms = healthy.filter((sample) => firstStall(sample, sample.endedAt) !== null);
  const stuck = corpus.filter(({ outcome }) => outcome === "stuck");
  const delays = stuck.flatMap((sample) => firstStall(sample, sample.endedAt + hour)?.idle ?? []);
  return [
    {
      what: "false alarms per 100 healthy rollouts",
      figure: (100 * alarms.length) / healthy.length,
      unit: "",
      limit: 1,
    },
    {
      what: "stuck rollouts that were noticed",
      figure: (100 * delays.length) / stuck.length,
      unit: "%",
      least: 100,
    },
    { what: "  after, in the middle", figure: (median(delays) ?? NaN) / minute, unit: "min" },
    { what: "  after, at most", figure: Math.max(...delays) / minute, unit: "min", limit: 10 },
  ];
}

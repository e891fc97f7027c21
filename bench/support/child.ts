import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { z } from "zod";

const crowd = z.object({ latencies: z.array(z.number()), statuses: z.array(z.number()) });

export type Polls = z.infer<typeof crowd>;

/** Starts one of the programs in bench/processes. */
export function launch(name: string, ...args: readonly (string | number)[]): ChildProcess {
  return fork(fileURLToPath(new URL(`../processes/${name}`, import.meta.url)), args.map(String));
}

/** The first message of a program to its parent; throws if it ends without one. */
export async function firstWord(child: ChildProcess): Promise<unknown> {
  // Not "exit": a long message may still be on its way then.
  const ended = once(child, "disconnect").then(() =>
    Promise.reject(new Error("A process ended without a message.")),
  );
  ended.catch(() => undefined);
  const words: readonly unknown[] = await Promise.race([once(child, "message"), ended]);
  return words[0];
}

/** Viewers who follow the server's schedule, or wait at most `longestWait` milliseconds. */
export async function watchWith(
  url: string,
  { viewers, seconds, longestWait = Infinity }: { viewers: number; seconds: number; longestWait?: number },
): Promise<Polls> {
  return crowd.parse(await firstWord(launch("crowd.ts", url, viewers, seconds, longestWait)));
}

const latenciesSchema = z.object({ latencies: z.array(z.number()) });

/** A signed-in viewer who polls until stopped; then the time of each response in milliseconds. */
export async function watchMeanwhile(url: string, cookie: string): Promise<{ end: () => Promise<number[]> }> {
  const viewer = launch("signed-in-viewer.ts", url, cookie);
  await firstWord(viewer);
  const last = firstWord(viewer);
  last.catch(() => undefined);
  return {
    end: async () => {
      viewer.send("end");
      return latenciesSchema.parse(await last).latencies;
    },
  };
}

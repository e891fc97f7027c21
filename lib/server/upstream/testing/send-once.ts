import { onTestFinished } from "vitest";

import { UpstreamFailure } from "../failure";
import { createSender, type Budgets } from "../send";
import { startUpstream, type Answering } from "./upstream-server";

export const key = "csk-a-key-that-no-one-may-read";
/** On a busy machine, an answer may be late. */
export const budgets: Budgets = { connect: 20_000, whole: 20_000, bytes: 64 * 1024 };
/** For servers that never answer. */
export const shortBudgets: Budgets = { ...budgets, connect: 300, whole: 300 };

/** Sends once and returns what the caller gets: the text, or the failure. */
export async function send(
  url: URL,
  using = key,
  within = budgets,
  proxy: URL | null = null,
): Promise<string | UpstreamFailure> {
  const sender = createSender("Rollcall/test", { budgets: within, proxy });
  onTestFinished(() => sender.close());
  return sender.send(url, using).then(
    (bytes) => bytes.toString("utf8"),
    (error: unknown) => {
      if (error instanceof UpstreamFailure) return error;
      throw error;
    },
  );
}

/** What a caller gets from a server that answers like this. */
export async function answerTo(answering: Answering, within = budgets): Promise<string | UpstreamFailure> {
  return send((await startUpstream(answering)).url, key, within);
}

export const page = { "content-type": "application/json" };

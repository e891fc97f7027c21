import { onTestFinished } from "vitest";

import { UpstreamFailure } from "../failure";
import { createSender, type Budgets } from "../send";
import { startUpstream, type Answering } from "./upstream-server";

export const key = "csk-a-key-that-no-one-may-read";
export const budgets: Budgets = { connect: 300, whole: 300, bytes: 64 * 1024 };

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
export async function answerTo(answering: Answering): Promise<string | UpstreamFailure> {
  return send((await startUpstream(answering)).url);
}

export const page = { "content-type": "application/json" };

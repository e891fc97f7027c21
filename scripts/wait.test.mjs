import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";

import { expect, it, onTestFinished } from "vitest";

/** What the API answers about an endpoint whose rollout looks stuck: all that the command reads. */
const stalled = {
  current: "d8",
  rollouts: [
    {
      ...{ deploymentId: "d8", version: "8", versionAlias: null, errorMessage: null },
      ...{ status: "in_progress", displayState: "stalled", noLongerReportedSince: null },
      ...{ updatedReplicas: 5, totalReplicas: 12 },
    },
  ],
  freshness: { state: "live", cause: null },
};

/** Runs the command beside a server that gives this answer. Resolves with its exit code and what it prints. */
async function wait(view, ...options) {
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "application/json", "rollcall-next-poll-in": "250" });
    response.end(JSON.stringify(view));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const args = ["public/cli/wait.mjs", "acme", "--url", `http://127.0.0.1:${server.address().port}`];
  return new Promise((resolve) => {
    execFile(process.execPath, [...args, ...options], (error, stdout) =>
      resolve({ code: error?.code ?? 0, stdout }),
    );
  });
}

it("waiting ends with 6 when the rollout is stalled, if that is asked for", async () => {
  const { code, stdout } = await wait(stalled, "--fail-on-stall");
  expect([code, stdout]).toEqual([6, expect.stringContaining("It is stalled.")]);
});

it("waiting goes on while the rollout is stalled, and while that is old news", async () => {
  expect((await wait(stalled, "--timeout", "1s")).code).toBe(70);
  const blind = { ...stalled, freshness: { state: "blind", cause: { message: "Cerebras answers 503." } } };
  expect((await wait(blind, "--fail-on-stall", "--timeout", "1s")).code).toBe(75);
});

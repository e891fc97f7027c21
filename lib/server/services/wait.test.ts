import { describe, expect, it } from "vitest";

import { deployment } from "@/lib/domain/testing/rollouts";
import { newDatabasePath } from "@/lib/server/db/testing/history-file";
import { engines } from "@/lib/server/db/testing/engines";

import { isServiceError } from "./errors";
import { endpointId, watch } from "./testing/watched-endpoint";
import { readWait } from "./wait";

const onSqlite = () => watch(() => Promise.resolve({ engine: "sqlite", file: newDatabasePath() }));

const moving = deployment({ status: "in_progress", updatedReplicas: 3, totalReplicas: 12 });
const half = deployment({ status: "in_progress", updatedReplicas: 6, totalReplicas: 12 });
const done = deployment({ status: "done", updatedReplicas: 12, totalReplicas: 12 });

type Watched = Awaited<ReturnType<typeof watch>>;

function wait({ ctx }: Watched, query = "timeout=10m", signal?: AbortSignal, recheck = () => null) {
  return readWait(ctx, { endpointId, query: new URLSearchParams(query), signal, recheck });
}

describe("waiting for a rollout", () => {
  it("answers at once if it is over, and otherwise with the poll that ends it", async () => {
    const watched = await onSqlite();
    await watched.answer([moving]);
    const waiting = wait(watched);
    const untilHalf = wait(watched, "timeout=10m&until=50%");
    await watched.answer([half]);
    expect((await untilHalf).body).toMatchObject({ outcome: "done", status: "in_progress", exitCode: 0 });
    await watched.answer([done]);
    expect((await waiting).body).toMatchObject({ outcome: "done", updatedReplicas: 12, exitCode: 0 });
    expect((await wait(watched)).body).toMatchObject({
      outcome: "done",
      url: "https://rollcall.example.com/endpoints/acme-1/rollouts/d8",
    });
  });

  it("says that time is over, and never answers for a later deployment", async () => {
    const watched = await onSqlite();
    await watched.answer([moving]);
    expect((await wait(watched, "timeout=0s")).body).toMatchObject({ outcome: "timedOut", exitCode: 70 });
    const waiting = wait(watched);
    await watched.answer([{ ...deployment({ status: "done" }, "d9"), createdAt: 900 }, moving]);
    expect((await waiting).body).toMatchObject({ outcome: "superseded", deploymentId: "d8", exitCode: 5 });
  });

  it.each(engines)(
    "knows the end of a rollout that is listed no longer ($engine)",
    async ({ newDatabase }) => {
      const watched = await watch(newDatabase);
      await watched.answer([moving]);
      await watched.answer([deployment({ status: "error", errorMessage: "No room." })]);
      await watched.answer([deployment({ status: "done" }, "d9")]);
      expect((await wait(watched, "deployment=d8&timeout=0s")).body).toMatchObject({
        outcome: "failed",
        message: "It failed: No room.",
      });
      expect((await wait(watched, "deployment=d-none&timeout=0s")).body).toMatchObject({
        outcome: "timedOut",
        url: null,
      });
    },
  );

  it("checks again who asks before it answers", async () => {
    const watched = await onSqlite();
    await watched.answer([moving]);
    const revoked = () => {
      throw new Error("revoked");
    };
    const waiting = wait(watched, "timeout=10m", undefined, revoked);
    const rejected = expect(waiting).rejects.toThrow("revoked");
    await watched.answer([done]);
    await rejected;
  });

  it.each(["until=soon", "until=0%", "timeout=2h", "timeout=forever"])("rejects %s", async (query) => {
    const watched = await onSqlite();
    await watched.answer([moving]);
    await expect(wait(watched, query)).rejects.toMatchObject({ kind: "invalid" });
  });

  it("holds a thousand, lets go of those who leave, and ends all of them when Rollcall stops", async () => {
    const watched = await onSqlite();
    await watched.answer([moving]);
    const left = new AbortController();
    const gone = wait(watched, "timeout=10m", left.signal);
    const waiting = Array.from({ length: 1_000 }, () => wait(watched));
    await watched.answer([half]);
    await new Promise(setImmediate);
    expect(watched.ctx.waiters.count()).toBe(1_001);
    left.abort();
    expect((await gone).body.outcome).toBe("timedOut");
    expect(watched.ctx.waiters.count()).toBe(1_000);
    watched.ctx.waiters.end();
    const answers = await Promise.allSettled(waiting);
    expect(answers.filter((each) => each.status === "rejected" && isServiceError(each.reason))).toHaveLength(
      1_000,
    );
    expect(watched.ctx.waiters.count()).toBe(0);
    await expect(wait(watched)).rejects.toMatchObject({ kind: "unavailable" });
  });
});

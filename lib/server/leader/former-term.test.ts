import { expect, it, onTestFinished, vi } from "vitest";

import { newDatabasePath, openTestStore } from "@/lib/server/db/testing/history-file";
import { createLog } from "@/lib/server/log";

import { systemClock } from "@/lib/server/clock";
import { createLeaderElection, type LeaderTerm } from "./leader-election";
import { onIllegal } from "./testing/instance";

const nothing = () => Promise.resolve();
const term: LeaderTerm = {
  publisher: { publish: () => Promise.resolve(false), beginAgain: () => undefined },
  ...{ start: nothing, stop: nothing, adapt: nothing },
  ...{
    outage: () => null,
    retryFailing: () => undefined,
    pollSoon: () => undefined,
    takeEarlyPolls: () => Promise.resolve(),
  },
};

it("a write that fails under a former lease does not cost the current one", async () => {
  const { lease } = await openTestStore(newDatabasePath());
  const fencingTokens: number[] = [];
  const election = createLeaderElection({
    lease,
    follower: { follow: nothing, beginAgain: () => undefined },
    begin: (fencingToken) => {
      fencingTokens.push(fencingToken);
      return term;
    },
    log: createLog(
      () => [],
      () => undefined,
    ),
    ...{ isAlone: false, name: "this", clock: systemClock, patience: 60, onIllegal },
  });
  onTestFinished(election.stop);
  await election.start();
  const [former = 0] = fencingTokens;
  election.lose(former);
  expect(election.isLeader()).toBe(false);
  await vi.waitFor(() => expect(election.isLeader()).toBe(true));
  election.lose(former);
  expect(election.isLeader()).toBe(true);
  expect(fencingTokens).toHaveLength(2);
});

it("a database that is slow, or silent, does not hold back the polls of the leader", async () => {
  const { lease } = await openTestStore(newDatabasePath());
  let isSilent = false;
  const election = createLeaderElection({
    lease: {
      ...lease,
      renew: (fencingToken) => (isSilent ? new Promise(() => undefined) : lease.renew(fencingToken)),
    },
    follower: { follow: nothing, beginAgain: () => undefined },
    begin: () => term,
    log: createLog(
      () => [],
      () => undefined,
    ),
    ...{ isAlone: false, name: "this", clock: systemClock, patience: 60, onIllegal },
  });
  await election.start();
  isSilent = true;
  const begun = performance.now();
  // For many lease times.
  while (performance.now() - begun < 1_000) expect(await election.mayAsk()).toBe(true);
  const asked = performance.now();
  expect(await election.mayAsk()).toBe(true);
  expect(performance.now() - asked).toBeLessThan(1_500);
});

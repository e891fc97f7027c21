import { expect } from "@playwright/test";

import type { Rollcall, Settings } from "./rollcall";
import { placesOfCookies, placesOfKeys, placesOfTokens, secretsAmong, type Correspondence } from "./secrecy";
import type { Simulator } from "./simulator";
import { brokenInvariants } from "./upstream-invariants";

/** Must hold after every test: only known reads upstream, no secret anywhere, no unhandled error. */
export async function expectInvariants(
  rollcall: Rollcall,
  simulator: Simulator,
  settings: Settings,
  correspondence: Correspondence,
): Promise<void> {
  expect(brokenInvariants(await simulator.requests(), simulator.keys)).toEqual([]);
  const secrets = new Set([...simulator.keys, ...secretsAmong(settings)]);
  expect(await placesOfKeys(secrets, rollcall, correspondence)).toEqual([]);
  expect(await placesOfTokens(rollcall, correspondence)).toEqual([]);
  expect(await placesOfCookies(rollcall, correspondence)).toEqual([]);
  expect(rollcall.output).not.toMatch(/uncaughtException|unhandledRejection/);
}

import { test as base } from "@playwright/test";
import { Complaints } from "./complaints";
import { Rollcall, type Settings } from "./rollcall";
import { Correspondence, placesOfKeys } from "./secrecy";
import { Simulator } from "./simulator";
import { brokenInvariants } from "./upstream-invariants";

type Shared = {
  scenario: string;
  settings: Settings;
  simulator: Simulator;
  rollcall: Rollcall;
};

type Own = {
  complaints: Complaints;
  correspondence: Correspondence;
};

/**
 * A test that only looks: Rollcall and the simulator are started once for all such tests of a worker.
 * The same promises are checked after each.
 */
export const test = base.extend<Own, Shared>({
  scenario: ["every-status", { option: true, scope: "worker" }],
  settings: [{}, { option: true, scope: "worker" }],

  simulator: [
    async ({ scenario }, use) => {
      const simulator = await Simulator.start({ scenario });
      await use(simulator);
      await simulator.stop();
    },
    { scope: "worker" },
  ],

  rollcall: [
    async ({ simulator, settings }, use) => {
      const rollcall = await Rollcall.start(simulator, settings);
      await use(rollcall);
      await rollcall.remove();
    },
    { scope: "worker" },
  ],

  correspondence: async ({}, use) => {
    await use(new Correspondence());
  },

  complaints: async ({}, use) => {
    const complaints = new Complaints();
    await use(complaints);
    base.expect(complaints.unexpected()).toEqual([]);
  },

  context: async ({ browser, simulator, rollcall, complaints, correspondence }, use, testInfo) => {
    const context = await browser.newContext({ baseURL: rollcall.url });
    complaints.listenTo(context);
    correspondence.listenTo(context);
    await use(context);
    // While the browser still has the bodies.
    await correspondence.received();
    await context.close();
    await testInfo.attach("what Rollcall said", { body: rollcall.said, contentType: "text/plain" });
    base.expect(brokenInvariants(await simulator.requests(), simulator.keys)).toEqual([]);
    base.expect(await placesOfKeys(simulator.keys, rollcall, correspondence)).toEqual([]);
    base.expect(rollcall.said).not.toMatch(/uncaughtException|unhandledRejection/);
  },
});

export { expect } from "@playwright/test";

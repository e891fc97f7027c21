import { test as base } from "@playwright/test";
import { Complaints } from "./complaints";
import { expectInvariants } from "./invariants";
import { Rollcall, type Settings } from "./rollcall";
import { Correspondence } from "./secrecy";
import { Simulator } from "./simulator";

type Shared = {
  scenario: string;
  settings: Settings;
  simulator: Simulator;
  rollcall: Rollcall;
};

type Own = {
  complaints: Complaints;
  correspondence: Correspondence;
  invariants: null;
};

/**
 * A test whose Rollcall and simulator are started once per worker, for all tests with the same options. A test must leave
 * them usable for the next one. The invariants are checked after each test.
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

  // Set up before the context, so that it is checked after the context is closed.
  invariants: [
    async ({ simulator, rollcall, settings, correspondence }, use, testInfo) => {
      await use(null);
      await testInfo.attach("the output of Rollcall", { body: rollcall.output, contentType: "text/plain" });
      await expectInvariants(rollcall, simulator, settings, correspondence);
    },
    { auto: true },
  ],

  correspondence: async ({}, use) => {
    await use(new Correspondence());
  },

  complaints: async ({}, use) => {
    const complaints = new Complaints();
    await use(complaints);
    base.expect(complaints.unexpected()).toEqual([]);
  },

  context: async ({ browser, rollcall, complaints, correspondence }, use) => {
    const context = await browser.newContext({ baseURL: rollcall.url });
    complaints.listenTo(context);
    correspondence.listenTo(context);
    await use(context);
    // While the browser still has the bodies.
    await correspondence.received();
    await context.close();
  },
});

export { expect } from "@playwright/test";

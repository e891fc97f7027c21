import { test as base, expect } from "@playwright/test";
import { Complaints } from "./complaints";
import { Rollcall, type Settings } from "./rollcall";
import { Correspondence, placesOfCookies, placesOfKeys, placesOfTokens, secretsAmong } from "./secrecy";
import { Simulator } from "./simulator";
import { brokenInvariants } from "./upstream-invariants";

type Options = {
  /** What the simulator plays from the start, and how fast. */
  scenario: string;
  speed: number;
  /** Settings of Rollcall beside those that the simulator asks for. */
  settings: Settings;
};

type Fixtures = {
  simulator: Simulator;
  rollcall: Rollcall;
  /** What the browser has complained about, and what a test lets it complain about. */
  complaints: Complaints;
  correspondence: Correspondence;
};

type WorkerFixtures = { simulatorProcess: Simulator };

/**
 * A test with Rollcall, built, on a database of its own beside a simulator that was reset, and a page that may
 * complain of nothing. At its end every promise that holds always is checked: only two kinds of read upstream, the
 * key nowhere.
 */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  scenario: ["steady", { option: true }],
  speed: [1, { option: true }],
  settings: [{}, { option: true }],

  simulatorProcess: [
    async ({}, use) => {
      const simulator = await Simulator.start({ scenario: "steady" });
      await use(simulator);
      await simulator.stop();
    },
    { scope: "worker" },
  ],

  simulator: async ({ simulatorProcess, scenario, speed }, use) => {
    await simulatorProcess.reset({ scenario, speed });
    await use(simulatorProcess);
  },

  rollcall: async ({ simulator, settings, correspondence }, use, testInfo) => {
    const rollcall = await Rollcall.start(simulator, settings);
    try {
      await use(rollcall);
      expect(brokenInvariants(await simulator.requests(), simulator.keys)).toEqual([]);
      const secrets = new Set([...simulator.keys, ...secretsAmong(settings)]);
      expect(await placesOfKeys(secrets, rollcall, correspondence)).toEqual([]);
      expect(await placesOfTokens(rollcall, correspondence)).toEqual([]);
      expect(await placesOfCookies(rollcall, correspondence)).toEqual([]);
      expect(rollcall.said).not.toMatch(/uncaughtException|unhandledRejection/);
    } finally {
      await testInfo.attach("what Rollcall said", { body: rollcall.said, contentType: "text/plain" });
      await rollcall.remove();
    }
  },

  correspondence: async ({}, use) => {
    await use(new Correspondence());
  },

  complaints: async ({}, use) => {
    const complaints = new Complaints();
    await use(complaints);
    expect(complaints.unexpected()).toEqual([]);
  },

  // Not by overriding baseURL: Playwright reads that for every test, those without a page included.
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

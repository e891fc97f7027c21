import { test as base, expect } from "@playwright/test";
import { Complaints } from "./complaints";
import { expectInvariants } from "./invariants";
import { Rollcall, type Settings } from "./rollcall";
import { Correspondence } from "./secrecy";
import { Simulator } from "./simulator";

type Options = {
  /** What the simulator plays from the start, and how fast. */
  scenario: string;
  speed: number;
  /** Whether it stands still until the test lets it go on, however long the server takes to start. */
  startsPaused: boolean;
  /** Settings of Rollcall in addition to those for the simulator. */
  settings: Settings;
};

type Fixtures = {
  simulator: Simulator;
  rollcall: Rollcall;
  /** The browser's complaints, and those that the test expects. */
  complaints: Complaints;
  correspondence: Correspondence;
};

type WorkerFixtures = { simulatorProcess: Simulator };

/**
 * A test with its own built Rollcall on its own database, a reset simulator, and a page without complaints. The
 * invariants are checked at the end.
 */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  scenario: ["steady", { option: true }],
  speed: [1, { option: true }],
  startsPaused: [false, { option: true }],
  settings: [{}, { option: true }],

  simulatorProcess: [
    async ({}, use) => {
      const simulator = await Simulator.start({ scenario: "steady" });
      await use(simulator);
      await simulator.stop();
    },
    { scope: "worker" },
  ],

  simulator: async ({ simulatorProcess, scenario, speed, startsPaused }, use) => {
    await simulatorProcess.reset({ scenario, speed });
    if (startsPaused) await simulatorProcess.clock({ paused: true });
    await use(simulatorProcess);
  },

  rollcall: async ({ simulator, settings, correspondence }, use, testInfo) => {
    const rollcall = await Rollcall.start(simulator, settings);
    try {
      await use(rollcall);
      await expectInvariants(rollcall, simulator, settings, correspondence);
    } finally {
      await testInfo.attach("the output of Rollcall", { body: rollcall.output, contentType: "text/plain" });
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

  // Does not override baseURL, because Playwright reads that for every test, including those without a page.
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

import { test as base } from "@playwright/test";

import { FirefoxTab } from "./firefox-tab";
import type { Tab } from "./tab";
import { WebKitTab } from "./webkit-tab";

const START = { firefox: () => FirefoxTab.start(), webkitgtk: () => WebKitTab.start() };

export type Engine = { engine: keyof typeof START };

type Fixtures = {
  /** Starts a browser with an empty profile, which is closed at the end of the test. */
  openTab: () => Promise<Tab>;
};

/** A test that runs in each engine. */
export const test = base.extend<Engine & Fixtures>({
  engine: ["firefox", { option: true }],

  openTab: async ({ engine }, use) => {
    const opened: Tab[] = [];
    await use(async () => {
      const tab = await START[engine]();
      opened.push(tab);
      return tab;
    });
    await Promise.all(opened.map((tab) => tab.close()));
  },
});

export { expect } from "@playwright/test";

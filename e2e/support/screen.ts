import { expect, type Locator, type Page } from "@playwright/test";

/** The page of one endpoint as a user reads it. */
export class EndpointScreen {
  readonly main: Locator;
  readonly rollCall: Locator;
  readonly chart: Locator;
  /** The curves as Recharts draws them, once its script has loaded. */
  readonly liveCurves: Locator;
  readonly table: Locator;

  constructor(readonly page: Page) {
    this.main = page.getByRole("main");
    this.rollCall = this.main.getByRole("img", { name: /replicas updated/ });
    this.chart = this.main.getByRole("figure");
    this.liveCurves = this.chart.locator(".recharts-surface");
    this.table = this.main.getByRole("region", { name: "Replicas over time" });
  }

  /** Opens an endpoint's page once Rollcall knows the endpoint. */
  async open(endpointId: string): Promise<void> {
    const path = `/api/v1/endpoints/${endpointId}`;
    await expect.poll(async () => (await this.page.request.get(path)).status()).toBe(200);
    await this.page.goto(`/endpoints/${endpointId}`);
  }

  /** The first visible place with these words. */
  says(words: string | RegExp): Locator {
    return this.main.getByText(words).filter({ visible: true }).first();
  }

  /** A part of the page by its name. */
  section(name: string): Locator {
    const heading = this.page.getByRole("heading", { name, exact: true });
    return this.main.locator("section").filter({ has: heading }).first();
  }

  /** The number of filled cells of the roll call, and of all cells. */
  cells(): Promise<{ filled: number; all: number }> {
    return this.rollCall.first().evaluate((row) => {
      const widths = [...row.children].map((cell) => ({
        cell: cell.getBoundingClientRect().width,
        fill: cell.firstElementChild?.getBoundingClientRect().width ?? 0,
      }));
      return { filled: widths.filter(({ cell, fill }) => fill > cell / 2).length, all: widths.length };
    });
  }

  /** The rows of the chart's table, as lists of cell texts. */
  async rows(): Promise<string[][]> {
    const rows = await this.table.locator("tbody tr").all();
    return Promise.all(rows.map((row) => row.locator("td").allInnerTexts()));
  }

  async showTable(): Promise<void> {
    await this.main.getByRole("button", { name: "Show as table" }).first().click();
    await expect(this.table.first()).toBeVisible();
  }

  /** The reasons that the chart's table gives for stretches that were not watched. */
  async gapReasons(): Promise<string[]> {
    return (await this.rows()).filter((cells) => cells.length === 3).map((cells) => cells[2] ?? "");
  }

  /** The numbers of updated replicas in the chart's table, oldest first. */
  async updatedOverTime(): Promise<number[]> {
    return (await this.rows()).filter((cells) => cells.length > 3).map((cells) => Number(cells[3]));
  }

  /** How far the color of an element is from gray, 0 to 255. */
  colorfulness(element: Locator): Promise<number> {
    return element.evaluate((drawn) => {
      const numbers =
        getComputedStyle(drawn)
          .color.match(/[\d.]+/g)
          ?.map(Number) ?? [];
      const channels = numbers.slice(0, 3);
      return Math.max(...channels) - Math.min(...channels);
    });
  }

  /** The SVG of the tab's icon. */
  async icon(): Promise<string> {
    const icon = this.page.locator('link[rel="icon"]').last();
    return decodeURIComponent((await icon.getAttribute("href")) ?? "");
  }
}

import puppeteer, { type Browser, type ElementHandle, type Page } from "puppeteer-core";

import { Tab, type Key, type Size } from "./tab";

/** A tab of the installed Firefox, driven over WebDriver BiDi. */
export class FirefoxTab extends Tab {
  private constructor(
    private readonly browser: Browser,
    private readonly page: Page,
  ) {
    super("firefox");
  }

  /** Starts a separate Firefox, with an empty profile. */
  static async start(): Promise<FirefoxTab> {
    const executablePath = process.env["ROLLCALL_FIREFOX"];
    if (executablePath === undefined) throw new Error("ROLLCALL_FIREFOX names no Firefox.");
    const browser = await puppeteer.launch({ browser: "firefox", executablePath, defaultViewport: null });
    return new FirefoxTab(browser, await browser.newPage());
  }

  override async open(address: string): Promise<void> {
    await this.page.goto(address);
  }

  override evaluate(expression: string): Promise<unknown> {
    return this.page.evaluate(expression);
  }

  protected override async clickOn(expression: string): Promise<void> {
    await (await this.find(expression)).click();
  }

  protected override async fillIn(expression: string, text: string): Promise<void> {
    const field = await this.find(expression);
    await field.click({ count: 3 });
    await field.type(text);
  }

  override async press(...keys: Key[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.down(key);
    for (const key of keys.toReversed()) await this.page.keyboard.up(key);
  }

  override resize(size: Size): Promise<void> {
    return this.page.setViewport(size);
  }

  override async picture(): Promise<Buffer> {
    return Buffer.from(await this.page.screenshot());
  }

  override close(): Promise<void> {
    return this.browser.close();
  }

  private async find(expression: string): Promise<ElementHandle> {
    const found = await this.page.evaluateHandle<[], () => Element>(expression);
    if (found.asElement() === null) throw new Error(`There is no ${expression}.`);
    return found;
  }
}

import { expect } from "@playwright/test";
import { z } from "zod";

import { Tab, type Key, type Size } from "./tab";
import { WebDriver } from "./web-driver";

/** The protocol's code points for keys without a character (https://www.w3.org/TR/webdriver2/#keyboard-actions). */
const KEYS = { Control: "\uE009", Enter: "\uE007", Escape: "\uE00C", k: "k" } satisfies Record<Key, string>;

/** The protocol's name for a reference to an element. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const sizes = z.object({ width: z.number(), height: z.number() });
const handles = z.array(z.string());
const reference = z.object({ [ELEMENT]: z.string() });

/** A tab of WebKitGTK's own small browser, with the engine of Safari, which its driver drives over WebDriver. */
export class WebKitTab extends Tab {
  private constructor(private readonly driver: WebDriver) {
    super("webkitgtk");
  }

  /** Starts a separate browser, with an empty profile. */
  static async start(): Promise<WebKitTab> {
    const program = process.env["ROLLCALL_WEBKIT_DRIVER"];
    if (program === undefined) throw new Error("ROLLCALL_WEBKIT_DRIVER names no driver.");
    const tab = new WebKitTab(await WebDriver.start(program, process.env));
    await tab.leaveToolbar();
    return tab;
  }

  /** The toolbar is wider than a phone, so the tab goes on in a window without one. Only a click may open that. */
  private async leaveToolbar(): Promise<void> {
    await this.open("about:blank");
    await this.evaluate(`document.body.innerHTML = '<button>Open</button>'`);
    await this.evaluate(
      `document.body.onclick = () => window.open("about:blank", "", "width=390,height=844,toolbar=no,location=no") && null`,
    );
    const before = handles.parse(await this.driver.get("window/handles"));
    await this.click({ role: "button", name: "Open" });
    const opened = handles
      .parse(await this.driver.get("window/handles"))
      .find((each) => !before.includes(each));
    if (opened === undefined) throw new Error("No window without a toolbar was opened.");
    await this.driver.post("window", { handle: opened });
  }

  override async open(address: string): Promise<void> {
    await this.driver.post("url", { url: address });
  }

  override evaluate(expression: string): Promise<unknown> {
    return this.driver.post("execute/sync", { script: `return (${expression});`, args: [] });
  }

  protected override async clickOn(expression: string): Promise<void> {
    await this.driver.post(`element/${await this.find(expression)}/click`);
  }

  protected override async fillIn(expression: string, text: string): Promise<void> {
    const field = `element/${await this.find(expression)}`;
    await this.driver.post(`${field}/clear`);
    await this.driver.post(`${field}/value`, { text });
  }

  override async press(...keys: Key[]): Promise<void> {
    const values = keys.map((key) => KEYS[key]);
    const down = values.map((value) => ({ type: "keyDown", value }));
    const up = values.toReversed().map((value) => ({ type: "keyUp", value }));
    await this.driver.post("actions", {
      actions: [{ type: "key", id: "keyboard", actions: [...down, ...up] }],
    });
  }

  /** A window may be larger than its page, and takes a new size after the driver has answered. */
  override async resize({ width, height }: Size): Promise<void> {
    const inside = async () =>
      sizes.parse(await this.evaluate("({ width: innerWidth, height: innerHeight })"));
    await expect(async () => {
      const [outer, inner] = [sizes.parse(await this.driver.get("window/rect")), await inside()];
      const wanted = {
        width: outer.width - inner.width + width,
        height: outer.height - inner.height + height,
      };
      await this.driver.post("window/rect", { x: 0, y: 0, ...wanted });
      expect(await inside()).toEqual({ width, height });
    }).toPass({ timeout: 10_000 });
  }

  override async picture(): Promise<Buffer> {
    return Buffer.from(String(await this.driver.get("screenshot")), "base64");
  }

  override close(): Promise<void> {
    return this.driver.close();
  }

  private async find(expression: string): Promise<string> {
    return reference.parse(await this.evaluate(expression))[ELEMENT];
  }
}

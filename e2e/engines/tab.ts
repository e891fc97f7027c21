import { mkdir, writeFile } from "node:fs/promises";
import { expect } from "@playwright/test";

/** The elements of each role. */
const ELEMENTS = {
  button: "button, summary",
  combobox: "[role=combobox]",
  link: "a[href]",
  searchbox: "input[type=search]",
  textbox: "input:not([type])",
  password: "input[type=password]",
} as const;

/** What a person acts on: its role, and how its name begins. */
export type Control = { role: keyof typeof ELEMENTS; name: string };

/** A key by its name in keyboard events. */
export type Key = "Control" | "Enter" | "Escape" | "k";

export type Size = { width: number; height: number };

const FOUND_WITHIN_MS = 25_000;
const PICTURES = ".cache/engines";
const SIZES: readonly Size[] = [
  { width: 1280, height: 1400 },
  { width: 390, height: 1600 },
];

/** A tab of any engine. Every engine can do these few things; the rest follows from them. */
export abstract class Tab {
  constructor(readonly engine: string) {}

  abstract open(address: string): Promise<void>;
  /** The value of a JavaScript expression in the page, as JSON has it. Rejects with what the expression throws. */
  abstract evaluate(expression: string): Promise<unknown>;
  /** Clicks the element that an expression names, as a mouse does. Rejects while that cannot be done. */
  protected abstract clickOn(expression: string): Promise<void>;
  /** Replaces the text of the field that an expression names, as a keyboard does. Rejects while that cannot be done. */
  protected abstract fillIn(expression: string, text: string): Promise<void>;
  /** Presses keys together, wherever the focus is. */
  abstract press(...keys: Key[]): Promise<void>;
  /** Makes the page this large, in CSS pixels. */
  abstract resize(size: Size): Promise<void>;
  /** What the tab shows, as a PNG. */
  abstract picture(): Promise<Buffer>;
  abstract close(): Promise<void>;

  click(control: Control): Promise<void> {
    return expect(() => this.clickOn(toExpression(control))).toPass({ timeout: FOUND_WITHIN_MS });
  }

  fill(control: Control, text: string): Promise<void> {
    return expect(() => this.fillIn(toExpression(control), text)).toPass({ timeout: FOUND_WITHIN_MS });
  }

  async address(): Promise<string> {
    return String(await this.evaluate("location.href"));
  }

  async title(): Promise<string> {
    return String(await this.evaluate("document.title"));
  }

  /** The rendered text of the first element that matches a selector; empty if none does. */
  async text(selector: string): Promise<string> {
    const text = await this.evaluate(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ""`);
    return String(text);
  }

  async count(selector: string): Promise<number> {
    return Number(await this.evaluate(`document.querySelectorAll(${JSON.stringify(selector)}).length`));
  }

  /** How many pixels of the page are beyond its right edge. */
  async overflow(): Promise<number> {
    const { scrollWidth, clientWidth } = {
      scrollWidth: await this.evaluate("document.documentElement.scrollWidth"),
      clientWidth: await this.evaluate("document.documentElement.clientWidth"),
    };
    return Number(scrollWidth) - Number(clientWidth);
  }

  /**
   * Takes pictures of the page as it is, in both themes, on a laptop and a phone, for a person to look at. Resolves with
   * the sizes at which the page is too wide.
   */
  async pictures(name: string, sizes = SIZES): Promise<string[]> {
    const folder = `${PICTURES}/${this.engine}`;
    await mkdir(folder, { recursive: true });
    const tooWide: string[] = [];
    const chosen = await this.evaluate("document.documentElement.dataset.theme");
    for (const size of sizes) {
      await this.resize(size);
      for (const theme of ["light", "dark"]) {
        await this.setTheme(theme);
        await this.untilDrawn();
        await writeFile(`${folder}/${name}-${size.width}-${theme}.png`, await this.picture());
      }
      if ((await this.overflow()) > 0) tooWide.push(`${name} at ${size.width} px`);
    }
    await this.setTheme(String(chosen));
    return tooWide;
  }

  /** Until nothing moves any more and charts, which are drawn a moment after a change of size, fit their places. */
  private async untilDrawn(): Promise<void> {
    const fits = `[...document.querySelectorAll("svg.recharts-surface")].every((each) =>
      Math.abs(each.getBoundingClientRect().width - each.closest(".absolute").clientWidth) < 2)`;
    const isStill = `document.getAnimations().every((each) => each.playState !== "running")`;
    await expect.poll(() => this.evaluate(`${fits} && ${isStill}`), { timeout: FOUND_WITHIN_MS }).toBe(true);
  }

  /** Only the style sheet sees it, so the page goes on as it was. */
  private async setTheme(theme: string): Promise<void> {
    await this.evaluate(
      `Object.assign(document.documentElement.style, { colorScheme: ${JSON.stringify(theme)} }) && ` +
        `document.documentElement.setAttribute("data-theme", ${JSON.stringify(theme)})`,
    );
  }
}

/** The first visible element of a role with a name, as JavaScript; undefined in the page if there is none. */
function toExpression({ role, name }: Control): string {
  const label = `(each.ariaLabel ?? each.labels?.[0]?.innerText ?? each.innerText)`;
  const isIt = `each.checkVisibility() && ${label}.trim().replaceAll(/\\s+/g, " ").startsWith(${JSON.stringify(name)})`;
  return `[...document.querySelectorAll(${JSON.stringify(ELEMENTS[role])})].find((each) => ${isIt})`;
}

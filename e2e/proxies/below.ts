import { expect, type BrowserContext, type Page } from "@playwright/test";
import { Complaints } from "../support/complaints";

/** What a browser meets that is not below the public address: requests, and addresses on its pages. */
export class Below {
  readonly complaints = new Complaints();
  readonly strayed = new Set<string>();

  constructor(private readonly url: string) {}

  listenTo(context: BrowserContext): void {
    this.complaints.listenTo(context);
    context.on("request", (request) => this.#note("request", request.url()));
  }

  /** Opens a page of this path, and collects the addresses on it. */
  async visit(page: Page, path: string): Promise<void> {
    const response = await page.goto(`${this.url}${path}`);
    expect(response?.status(), path).toBe(200);
    expect(response?.headers()["content-security-policy"], path).toContain("default-src 'none'");
    await this.collect(page);
  }

  /** Notes every address on the page as it is now, in attributes and as text. */
  async collect(page: Page): Promise<void> {
    const found = await page.evaluate(() => {
      const names = ["href", "src", "action", "formaction", "poster"];
      const addresses = [...document.querySelectorAll(names.map((name) => `[${name}]`).join(","))].flatMap(
        (element) => names.map((name) => element.getAttribute(name)),
      );
      const pictures = [...document.querySelectorAll('meta[property$=":image"]')].map((meta) =>
        meta.getAttribute("content"),
      );
      const texts = document.body.innerText.match(/https?:\/\/localhost:\d+[^\s"'<>]*/g) ?? [];
      return [...addresses, ...pictures, ...texts].filter((each) => each !== null);
    });
    for (const address of found) this.#note(page.url(), new URL(address, page.url()).href);
  }

  #note(where: string, address: string): void {
    const { origin, pathname } = new URL(address);
    const own = new URL(this.url);
    if (origin !== own.origin || pathname === own.pathname || pathname.startsWith(`${own.pathname}/`)) return;
    this.strayed.add(`${where}: ${address}`);
  }
}

import type { BrowserContext, ConsoleMessage } from "@playwright/test";

/** What the browser complains about: console errors and warnings, thrown errors, broken content policy. */
export class Complaints {
  readonly #heard: string[] = [];
  readonly #expected: RegExp[] = [];

  listenTo(context: BrowserContext): void {
    context.on("console", (message) => this.#hear(message));
    context.on("weberror", (webError) => this.#heard.push(`thrown: ${webError.error().message}`));
  }

  /**
   * Allows the browser's own lines about a failure that the test causes, such as
   * `Failed to load resource: … 503`.
   */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  unexpected(): readonly string[] {
    return this.#heard.filter((line) => !this.#expected.some((pattern) => pattern.test(line)));
  }

  #hear(message: ConsoleMessage): void {
    if (message.type() !== "error" && message.type() !== "warning") return;
    this.#heard.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  }
}

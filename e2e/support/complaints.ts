import type { BrowserContext, ConsoleMessage } from "@playwright/test";

/** The browser's complaints: console errors and warnings, thrown errors, violations of the content policy. */
export class Complaints {
  readonly #lines: string[] = [];
  readonly #expected: RegExp[] = [];

  listenTo(context: BrowserContext): void {
    context.on("console", (message) => this.#add(message));
    context.on("weberror", (webError) => this.#lines.push(`thrown: ${webError.error().message}`));
  }

  /**
   * Allows the browser's messages about a failure that the test causes, such as
   * `Failed to load resource: … 503`.
   */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  unexpected(): readonly string[] {
    return this.#lines.filter((line) => !this.#expected.some((pattern) => pattern.test(line)));
  }

  #add(message: ConsoleMessage): void {
    if (message.type() !== "error" && message.type() !== "warning") return;
    this.#lines.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  }
}

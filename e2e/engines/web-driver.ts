import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { z } from "zod";

import { freePort } from "../support/rollcall";

const READY_WITHIN_MS = 20_000;

const opened = z.object({ value: z.object({ sessionId: z.string() }) });
const failed = z.object({ value: z.object({ error: z.string(), message: z.string() }) });
const answered = z.object({ value: z.unknown() });

/** One session of a W3C WebDriver (https://www.w3.org/TR/webdriver2/), with a separate process of the driver. */
export class WebDriver {
  private constructor(
    private readonly driver: ChildProcess,
    private readonly session: string,
  ) {}

  /** Starts a driver program, and through it a browser with an empty profile. */
  static async start(program: string, env: NodeJS.ProcessEnv): Promise<WebDriver> {
    const port = await freePort();
    const driver = spawn(program, [`--port=${port}`], { env, stdio: "inherit" });
    const base = `http://127.0.0.1:${port}`;
    try {
      await untilReady(driver, base);
      const capabilities = { alwaysMatch: { pageLoadStrategy: "normal" } };
      const { value } = opened.parse(await ask("POST", `${base}/session`, { capabilities }));
      return new WebDriver(driver, `${base}/session/${value.sessionId}`);
    } catch (error) {
      driver.kill();
      throw error;
    }
  }

  /** The value of a command's answer. Rejects with the reason if the driver refuses it. */
  async get(command: string): Promise<unknown> {
    return answered.parse(await ask("GET", `${this.session}/${command}`)).value;
  }

  /** As `get`, for commands that act. */
  async post(command: string, parameters: object = {}): Promise<unknown> {
    return answered.parse(await ask("POST", `${this.session}/${command}`, parameters)).value;
  }

  /** Closes the browser and ends the driver. */
  async close(): Promise<void> {
    await ask("DELETE", this.session);
    const ended = once(this.driver, "exit");
    this.driver.kill();
    await ended;
  }
}

async function ask(method: string, address: string, parameters?: object): Promise<unknown> {
  const body = parameters === undefined ? {} : { body: JSON.stringify(parameters) };
  const response = await fetch(address, { method, ...body });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  const { value } = failed.parse(answer);
  throw new Error(`${value.error}: ${value.message}`);
}

async function untilReady(driver: ChildProcess, base: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (driver.exitCode !== null) throw new Error(`${driver.spawnfile} ended with code ${driver.exitCode}.`);
    if (
      await fetch(`${base}/status`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error(`${driver.spawnfile} did not answer within ${READY_WITHIN_MS} ms.`);
}

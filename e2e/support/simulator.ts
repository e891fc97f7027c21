import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Program, foreignEnvironment } from "./program";
import type { EndpointInput, Fault, LoggedRequest } from "./simulator-words";

const addresses = z.object({ upstream: z.url(), control: z.url(), key: z.string() });
const clock = z.object({ virtualMs: z.number(), speed: z.number(), paused: z.boolean(), at: z.number() });
const moment = z.object({ at: z.number() });
const deployed = z.object({ at: z.number(), deploymentId: z.string() });
const faultMade = z.object({ id: z.string(), at: z.number() });
const requestLog = z.object({
  requests: z.array(
    z.object({
      at: z.number(),
      method: z.string(),
      rawPath: z.string(),
      headers: z.array(z.tuple([z.string(), z.string()])),
      status: z.number().nullable(),
    }),
  ),
});
const changeLog = z.object({
  changes: z.array(
    z.object({
      at: z.number(),
      endpointId: z.string(),
      deploymentId: z.unknown(),
      status: z.unknown(),
      updated: z.unknown(),
      by: z.string(),
    }),
  ),
});
const servedState = z.object({ endpoints: z.array(z.object({ id: z.string() })) });
const requestCount = z.object({ total: z.number(), counts: z.record(z.string(), z.number()) });

/** The simulated upstream in a separate process, and the port that controls it. */
export class Simulator {
  /** Every management key that it has accepted. None of them may ever appear. */
  readonly keys: Set<string>;

  private constructor(
    private readonly program: Program,
    readonly upstream: string,
    /** The address of its control API. */
    readonly control: string,
    readonly key: string,
  ) {
    this.keys = new Set([key]);
  }

  static async start(options: { scenario: string; speed?: number; seed?: number }): Promise<Simulator> {
    const { scenario, speed = 1, seed = 1 } = options;
    const key = `key-${randomUUID()}`;
    const flags = { port: 0, "control-port": 0, scenario, speed, seed, key };
    const program = new Program(
      [
        ...["--import", "tsx", "lib/simulator/main.ts", "--exit-with-parent"],
        ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
      ],
      foreignEnvironment(),
    );
    const said = addresses.parse(JSON.parse(await program.firstLine()));
    return new Simulator(program, said.upstream, said.control, key);
  }

  /** Resets scenario, clock, key, faults and request log, as after a start. */
  async reset(options: { scenario: string; speed?: number }): Promise<void> {
    const { scenario, speed = 1 } = options;
    await this.setScenario(scenario, { speed });
    await this.clearRequests();
    this.keys.clear();
    this.keys.add(this.key);
  }

  stop(): Promise<void> {
    return this.program.kill();
  }

  /** Every endpoint that it serves, in all organizations. */
  async endpointIds(): Promise<string[]> {
    return servedState.parse(await this.ask("GET", "/state")).endpoints.map(({ id }) => id);
  }

  async setScenario(name: string, options: { speed?: number; seed?: number } = {}): Promise<void> {
    await this.ask("POST", "/scenario", { name, ...options });
  }

  /** Applied in this order: speed, pause, then a jump ahead. */
  async clock(change: { speed?: number; paused?: boolean; advanceMs?: number }) {
    return clock.parse(await this.ask("POST", "/clock", change));
  }

  /** Accepts only these keys from the answer on; an empty list refuses every request. */
  async acceptKeys(...accepted: string[]) {
    for (const key of accepted) this.keys.add(key);
    return moment.parse(await this.ask("PUT", "/key", { accepted }));
  }

  /** Serves exactly this endpoint. */
  async putEndpoint(id: string, endpoint: EndpointInput) {
    return moment.parse(await this.ask("PUT", `/endpoints/${encodeURIComponent(id)}`, endpoint));
  }

  /** What its status page reports, verbatim. */
  async putIncidents(incidents: readonly object[]) {
    return moment.parse(await this.ask("PUT", "/incidents", { incidents }));
  }

  async removeEndpoint(id: string) {
    return moment.parse(await this.ask("DELETE", `/endpoints/${encodeURIComponent(id)}`));
  }

  /** Sets wire fields of one deployment. Resolves with the instant from which they are served. */
  async patchDeployment(endpointId: string, deploymentId: string, fields: Record<string, unknown>) {
    const path = `/endpoints/${encodeURIComponent(endpointId)}/deployments/${encodeURIComponent(deploymentId)}`;
    return moment.parse(await this.ask("PATCH", path, fields));
  }

  async deploy(
    endpointId: string,
    request: {
      version: number | string;
      alias?: string;
      replicas?: number;
      maxUnavailable?: number;
      msPerReplica?: number;
    },
  ) {
    return deployed.parse(
      await this.ask("POST", `/endpoints/${encodeURIComponent(endpointId)}/deploy`, request),
    );
  }

  /** Changes the versions of an architecture: where aliases point, which are gone, and which are not synced. */
  async putVersions(
    org: string,
    arch: string,
    change: {
      aliases?: Record<string, number>;
      gone?: readonly number[];
      syncStatus?: Record<string, string>;
    },
  ) {
    return moment.parse(await this.ask("PUT", `/versions/${org}/${arch}`, change));
  }

  async fault(fault: Fault) {
    return faultMade.parse(await this.ask("POST", "/faults", fault));
  }

  async clearFaults() {
    return moment.parse(await this.ask("DELETE", "/faults"));
  }

  async requests(since = 0): Promise<readonly LoggedRequest[]> {
    return requestLog.parse(await this.ask("GET", `/requests?since=${since}`)).requests;
  }

  async countRequests(pathPrefix = "/") {
    return requestCount.parse(
      await this.ask("GET", `/requests/count?path=${encodeURIComponent(pathPrefix)}`),
    );
  }

  async clearRequests(): Promise<void> {
    await this.ask("DELETE", "/requests");
  }

  async changes(since = 0) {
    return changeLog.parse(await this.ask("GET", `/changes?since=${since}`)).changes;
  }

  private async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.control}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    return JSON.parse(text);
  }
}

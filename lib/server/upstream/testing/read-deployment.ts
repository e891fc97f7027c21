import type { DeploymentReport } from "@/lib/domain/endpoint-report";

import { parseEndpoint, readReply } from "../wire/reply";

export const now = Date.UTC(2026, 0, 12, 17, 0);

/** Parses one deployment, given as JSON text so that the test controls every character. */
export function read(fields: string): DeploymentReport {
  const text = `{"deployed_models":[{"id":"d1"${fields === "" ? "" : `,${fields}`}}]}`;
  const { report } = readReply(Buffer.from(text), (json) => parseEndpoint(json, "acme", now));
  const [deployment] = report.deployments;
  if (deployment === undefined) throw new Error("The deployment was left out.");
  return deployment;
}

/** The warnings of a deployment, each with what it quotes. */
export function warningsOf({ state }: DeploymentReport): string[] {
  return state.warnings.map(({ code, value }) => `${code}: ${value}`);
}

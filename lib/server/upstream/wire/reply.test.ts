import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";

import type { EndpointReport } from "@/lib/domain/endpoint-report";

import { UpstreamFailure } from "../failure";
import { parseEndpoint, parseListing, readReply } from "./reply";

function readEndpoint(text: string) {
  return readReply(Buffer.from(text), (json) => parseEndpoint(json, "acme", 0));
}

/** The report, or the failure. Any other error is a bug and is rethrown. */
function outcome(text: string): EndpointReport | UpstreamFailure {
  try {
    return readEndpoint(text).report;
  } catch (error) {
    if (error instanceof UpstreamFailure) return error;
    throw error;
  }
}

const count = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.string(),
  fc.constant(null),
  fc.boolean(),
  fc.jsonValue(),
);
const deployment = fc.record(
  {
    id: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
    rollout_status: fc.oneof(fc.constantFrom("done", "in_progress", "odd"), fc.jsonValue()),
    updated_replicas: count,
    total_replicas: count,
    max_unavailable: count,
    error: fc.jsonValue(),
    created: count,
  },
  { requiredKeys: [] },
);
const reply = fc.record({ deployed_models: fc.array(deployment), name: fc.jsonValue() });

describe("readReply", () => {
  it("turns any JSON into a report or an UpstreamFailure", () => {
    fc.assert(
      fc.property(fc.oneof(reply, fc.jsonValue()), (json) => {
        expect(outcome(JSON.stringify(json))).toBeDefined();
      }),
      { numRuns: 500 },
    );
  });

  it("turns any text that is not JSON into an UpstreamFailure", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const result = outcome(`<${text}`);
        expect(result).toBeInstanceOf(UpstreamFailure);
        expect(result).toMatchObject({ code: "unreadable_reply" });
      }),
    );
  });

  it("invents no count: every number was sent as that number, and odd values cause a warning", () => {
    fc.assert(
      fc.property(deployment, (fields) => {
        const sent = { ...fields, id: "d1" };
        const { report } = readEndpoint(JSON.stringify({ deployed_models: [sent] }));
        const state = report.deployments[0]?.state;
        const arrived = z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(sent)));
        const read = {
          updated_replicas: state?.updatedReplicas,
          total_replicas: state?.totalReplicas,
          max_unavailable: state?.maxUnavailable,
        };
        for (const [field, value] of Object.entries(read)) {
          if (value === null) expect(typeof arrived[field]).not.toBe("number");
          else expect(Number(arrived[field])).toBe(value);
        }
        const isOdd = Object.values(read).some((value) => value != null && (value < 0 || value % 1 !== 0));
        if (isOdd) expect(state?.warnings).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("has only well-formed text in its report, even if halves of characters were sent", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ id: fc.string({ unit: "binary" }), error: fc.string({ unit: "binary" }) })),
        (list) => {
          const { report, raw } = readEndpoint(JSON.stringify({ deployed_models: list }));
          expect(JSON.stringify(report)).not.toMatch(/\\ud[89a-f]/);
          expect(raw.body.isWellFormed()).toBe(true);
        },
      ),
    );
  });

  it.each([
    ["a count", (deep: string) => `{"deployed_models":[{"id":"d1","updated_replicas":${deep}}]}`],
    ["an error", (deep: string) => `{"deployed_models":[{"id":"d1","error":${deep}}]}`],
    ["an instant", (deep: string) => `{"deployed_models":[{"id":"d1","created":${deep}}]}`],
    ["a deployment", (deep: string) => `{"deployed_models":[{"id":"d1"},${deep}]}`],
    ["an unread field", (deep: string) => `{"deployed_models":[{"id":"d1","x":${deep}}]}`],
  ])("reads the rest if %s is nested 100,000 deep", (_, write) => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    expect(outcome(write(deep))).toMatchObject({ deployments: [{ deploymentId: "d1" }] });
  });

  it("keeps the reply verbatim up to 64 kB, even if it is unreadable", () => {
    const text = `{"name":"acme","deployed_models":[],"note":"ü ${"x".repeat(100)}"}`;
    expect(readEndpoint(text).raw).toMatchObject({
      body: text,
      isShortened: false,
      unreadFields: ["note"],
      bytes: Buffer.byteLength(text),
    });
    const broken = `{"name":"${"x".repeat(70_000)}`;
    expect(() => readEndpoint(broken)).toThrow(
      expect.objectContaining({
        raw: { body: broken.slice(0, 65_536), isShortened: true, unreadFields: [], bytes: broken.length },
      }),
    );
  });

  it("ignores a byte order mark, and keeps it in the verbatim reply", () => {
    const text = `\ufeff{"name":"acme","deployed_models":[]}`;
    expect(readEndpoint(text)).toMatchObject({ report: { deployments: [] }, raw: { body: text } });
  });

  it("turns any JSON into a listing or an UpstreamFailure", () => {
    fc.assert(
      fc.property(fc.oneof(fc.record({ endpoints: fc.array(fc.jsonValue()) }), fc.jsonValue()), (json) => {
        try {
          const { report } = readReply(Buffer.from(JSON.stringify(json)), parseListing);
          expect(new Set(report.map(({ endpointId }) => endpointId)).size).toBe(report.length);
        } catch (error) {
          expect(error).toBeInstanceOf(UpstreamFailure);
        }
      }),
    );
  });
});

import { describe, expect, it } from "vitest";

import { parseEndpoint } from "./reply";
import { publishedExample } from "../testing/published-example";

const now = Date.UTC(2026, 0, 12, 17, 0);

function read(json: unknown, endpointId = "acme") {
  return parseEndpoint(json, endpointId, now);
}

describe("parseEndpoint", () => {
  it("reads every field of the published example", () => {
    const { report, unreadFields } = read(JSON.parse(publishedExample), "my-org-llama-3.3-70b");
    expect(report).toEqual({
      endpointId: "my-org-llama-3.3-70b",
      org: "my-org",
      modelArch: "llama-3.3-70b",
      createdAt: 1_736_600_000_000,
      updatedAt: 1_736_700_000_000,
      deployments: [
        {
          deploymentId: "550e8400-e29b-41d4-a716-446655440000",
          model: "orgs/my-org/models/llama-3.3-70b/versions/1",
          version: "1",
          versionAlias: "production-jan-12-2026-finetuned",
          createdAt: 1_736_700_000_000,
          state: {
            status: "done",
            reportedStatus: "complete",
            updatedReplicas: null,
            totalReplicas: null,
            maxUnavailable: null,
            errorMessage: null,
            warnings: [],
          },
        },
      ],
      warnings: [],
    });
    expect(unreadFields).toEqual([]);
  });

  it.each([
    [`{"name":"acme"}`],
    [`{"name":"acme","deployed_models":null}`],
    [`{"name":"acme","deployed_models":[]}`],
    [`{"model_arch_id":"qwen-3-32b"}`],
    [`{"deployed_models":[]}`],
  ])("reads %s as an endpoint without deployments", (text) => {
    const { report } = read(JSON.parse(text));
    expect(report.deployments).toEqual([]);
    expect(report.warnings).toEqual([]);
  });

  it.each([
    "null",
    "[]",
    "7",
    `"acme"`,
    "true",
    "{}",
    `{"detail":"Service starting"}`,
    `{"__proto__":{"name":"acme","deployed_models":[]}}`,
    `{"name":"acme","deployed_models":{}}`,
    `{"name":"acme","deployed_models":"none"}`,
    `{"name":"acme","deployed_models":0}`,
  ])("rejects %s, which is not a status and does not mean that everything was removed", (text) => {
    expect(() => read(JSON.parse(text))).toThrow(expect.objectContaining({ code: "unreadable_reply" }));
  });

  it.each([
    [{ deployed_models: [] }, "deployed_models"],
    [{ deployedModels: [{ id: "d1" }], name: "acme" }, "deployedModels"],
    [{ deployments: [{ id: "d1" }], name: "acme" }, "deployments"],
  ])("finds the list in %j", (json, field) => {
    expect(read(json).unreadFields).not.toContain(field);
  });

  it("keeps the order of the reply and identifies by id", () => {
    const list = [{ id: "b" }, { id: "a" }, { id: "c" }];
    expect(
      read({ deployed_models: list }).report.deployments.map(({ deploymentId }) => deploymentId),
    ).toEqual(["b", "a", "c"]);
  });

  it("uses the first of two deployments with one id, and warns", () => {
    const { deployments, warnings } = read({
      deployed_models: [
        { id: "twin", updated_replicas: 7 },
        { id: "twin", updated_replicas: 3 },
      ],
    }).report;
    expect(deployments.map(({ state }) => state.updatedReplicas)).toEqual([7]);
    expect(warnings).toEqual([{ code: "duplicate_deployment", field: "id", value: "twin" }]);
  });

  it.each([[{}], [{ id: null }], [{ id: "" }], [{ id: true }], [null], ["d1"], [7], [["d1"]]])(
    "warns of %j in the list of deployments and reads the others",
    (item) => {
      const { deployments, warnings } = read({ deployed_models: [item, { id: "d2" }] }).report;
      expect(deployments.map(({ deploymentId }) => deploymentId)).toEqual(["d2"]);
      expect(warnings.map(({ code }) => code)).toEqual(["unreadable_deployment"]);
    },
  );

  it.each([[{ id: 37 }], [{ deployment_id: "37" }], [{ deploymentId: "37" }]])(
    "takes the id of %j",
    (item) => {
      expect(read({ deployed_models: [item] }).report.deployments[0]?.deploymentId).toBe("37");
    },
  );

  it("limits the warnings for a thousand broken entries", () => {
    const { warnings } = read({ deployed_models: Array.from({ length: 1_000 }, () => "broken") }).report;
    expect(warnings).toHaveLength(20);
  });

  it.each([
    [{ name: "acme" }, []],
    [{ endpoint_id: "acme" }, []],
    [{ name: "globex" }, ["name_mismatch"]],
    [{ name: 7 }, ["name_mismatch"]],
    [{ name: null, endpoint_id: "globex" }, ["name_mismatch"]],
    [{ name: {}, model_arch_id: "m" }, []],
  ])("compares the name of %j with the requested endpoint", (json, expected) => {
    const { report } = read(json);
    expect(report.endpointId).toBe("acme");
    expect(report.warnings.map(({ code }) => code)).toEqual(expected);
  });

  it.each([
    [{ managing_org_name: "acme", model_arch_id: "m" }],
    [{ org_name: "acme", model_arch: "m" }],
    [{ managingOrgName: "acme", modelArchId: "m" }],
  ])("reads organization and architecture of %j", (json) => {
    expect(read(json).report).toMatchObject({ org: "acme", modelArch: "m" });
  });

  it.each([
    [1_736_600_000_000, "created_in_milliseconds"],
    [now / 1_000 + 86_400, "created_in_future"],
    ["yesterday", "unreadable_instant"],
  ])("warns when the endpoint was created at %j", (created, code) => {
    expect(read({ name: "acme", created }).report.warnings.map((warning) => warning.code)).toEqual([code]);
  });
});

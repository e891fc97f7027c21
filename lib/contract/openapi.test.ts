import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";

import { apiPaths, sharedPaths } from "./paths";
import { toOpenApi } from "./openapi";

describe("the OpenAPI document", () => {
  it("is valid OpenAPI 3.1", async () => {
    const validator = new Validator();
    const result = await validator.validate(toOpenApi());
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
    expect(validator.version).toBe("3.1");
  });

  it("names every path of the API", () => {
    const served = [
      apiPaths.endpoints,
      apiPaths.endpoint("{endpointId}"),
      apiPaths.rollouts("{endpointId}"),
      apiPaths.rollout("{endpointId}", "{deploymentId}"),
      apiPaths.seriesCsv("{endpointId}", "{deploymentId}"),
      apiPaths.receipt("{endpointId}", "{deploymentId}"),
      apiPaths.acknowledgement("{endpointId}", "{deploymentId}"),
      apiPaths.events("{endpointId}"),
      apiPaths.raw("{endpointId}"),
      apiPaths.fleetEvents,
      apiPaths.wait("{endpointId}"),
      apiPaths.refresh("{endpointId}"),
      apiPaths.guestLinks("{endpointId}"),
      apiPaths.guestLink("{linkId}"),
      apiPaths.signIn,
      apiPaths.signOut,
      apiPaths.sessions,
      apiPaths.session("{sessionId}"),
      apiPaths.audit(null),
      apiPaths.people,
      apiPaths.person("{name}"),
      apiPaths.invitation("{name}"),
      apiPaths.mute("{endpointId}"),
      apiPaths.notifications,
      apiPaths.sendAgain("{notificationId}", "{channel}"),
      apiPaths.channelTest("{channel}"),
      apiPaths.serviceTokens,
      apiPaths.serviceToken("{tokenId}"),
      apiPaths.pairings,
      apiPaths.claim,
      apiPaths.screens,
      apiPaths.screen("{screenId}"),
      apiPaths.identifyScreen("{screenId}"),
      apiPaths.reloadScreen("{screenId}"),
      apiPaths.restoreScreen("{screenId}"),
      apiPaths.ownScreen,
      apiPaths.checkCounts,
      sharedPaths.view,
      sharedPaths.events,
      sharedPaths.rollout("{deploymentId}"),
      apiPaths.traffic("{endpointId}", "{deploymentId}"),
      sharedPaths.traffic("{deploymentId}"),
    ].map(decodeURIComponent);
    expect(Object.keys(toOpenApi().paths).toSorted()).toEqual(served.toSorted());
  });

  it("describes counts that are not reported as null", () => {
    const text = JSON.stringify(toOpenApi().components.schemas["EndpointView"]);
    expect(text).toContain('"updatedReplicas":{"type":["number","null"]}');
  });
});

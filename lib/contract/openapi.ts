import * as z from "zod/mini";

import { accessPaths } from "./openapi-access";
import { change, read, readText } from "./openapi-operation";
import { components } from "./openapi-schemas";

const endpointId = {
  name: "endpointId",
  in: "path",
  required: true,
  description: "What callers of the endpoint use as model name.",
  schema: { type: "string", pattern: "^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?$" },
};

const deploymentId = { name: "deploymentId", in: "path", required: true, schema: { type: "string" } };

const paging = [
  { name: "limit", in: "query", schema: { type: "integer", minimum: 1, maximum: 100, default: 50 } },
  {
    name: "cursor",
    in: "query",
    description: "`nextCursor` of the page before.",
    schema: { type: "string" },
  },
];

const linkId = { name: "linkId", in: "path", required: true, schema: { type: "string" } };
const guestToken = {
  name: "Authorization",
  in: "header",
  required: true,
  description: "`Bearer` and the token of a guest link, which says which endpoint is meant.",
  schema: { type: "string" },
};

/** The OpenAPI 3.1 document of `/api/v1`, made from the schemas that parse. */
export function toOpenApi() {
  return {
    openapi: "3.1.0",
    info: {
      title: "Rollcall",
      version: "1",
      description:
        "Rollouts on dedicated endpoints as Rollcall recorded them. Instants are ISO-8601 in UTC; null is not reported.",
    },
    paths: {
      "/api/v1/endpoints": read("Every watched endpoint, and what the watcher is doing.", "FleetView", [
        {
          name: "since",
          in: "query",
          description:
            "The ETag of an earlier answer: where it is still known, only endpoints that changed since are sent, and `since` says so.",
          schema: { type: "string" },
        },
      ]),
      "/api/v1/endpoints/{endpointId}": read("One endpoint as it is known now.", "EndpointView", [
        endpointId,
      ]),
      "/api/v1/endpoints/{endpointId}/rollouts": read(
        "Past and present rollouts, newest first.",
        "RolloutList",
        [endpointId, ...paging],
      ),
      "/api/v1/endpoints/{endpointId}/rollouts/{deploymentId}": read(
        "One rollout with its gaps, the points that a chart can show, and its newest transitions; series.csv has every point.",
        "RolloutDetail",
        [endpointId, deploymentId],
      ),
      "/api/v1/endpoints/{endpointId}/rollouts/{deploymentId}/series.csv": readText(
        "The course of one rollout as CSV: every stretch that was watched, every gap with its cause.",
        "text/csv",
        [endpointId, deploymentId],
      ),
      "/api/v1/endpoints/{endpointId}/rollouts/{deploymentId}/receipt.md": readText(
        "One rollout in a few lines of Markdown, to be pasted into a pull request or an incident note.",
        "text/markdown",
        [endpointId, deploymentId],
      ),
      "/api/v1/endpoints/{endpointId}/rollouts/{deploymentId}/acknowledgement": {
        ...read("Whether somebody has acknowledged the failure of a rollout.", "Acknowledged", [
          endpointId,
          deploymentId,
        ]),
        ...change(
          "post",
          "Acknowledge the failure of the current rollout: wall screens show it small from then on.",
          { answer: "Acknowledged" },
          [endpointId, deploymentId],
        ),
        ...change("delete", "Take an acknowledgement back.", { answer: "Acknowledged" }, [
          endpointId,
          deploymentId,
        ]),
      },
      "/api/v1/endpoints/{endpointId}/events": read("The newest events, newest first.", "EventList", [
        endpointId,
      ]),
      "/api/v1/endpoints/{endpointId}/raw": read(
        "The last raw reply, and the fields in it that nothing reads.",
        "RawReply",
        [endpointId],
      ),
      "/api/v1/endpoints/{endpointId}/links": {
        ...read("The guest links that open this endpoint, newest first.", "GuestLinkList", [endpointId]),
        ...change(
          "post",
          "Make a guest link. Its address is in this answer and nowhere else.",
          { asked: "GuestLinkRequest", answer: "NewGuestLink" },
          [endpointId],
        ),
      },
      "/api/v1/links/{linkId}": change(
        "delete",
        "Revoke a guest link: its next request fails.",
        { answer: "Revocation" },
        [linkId],
      ),
      ...accessPaths,
      "/api/v1/shared": read("The endpoint that a guest link opens, as it is known now.", "EndpointView", [
        guestToken,
      ]),
      "/api/v1/shared/rollouts/{deploymentId}": read(
        "One rollout of the endpoint that a guest link opens.",
        "RolloutDetail",
        [deploymentId, guestToken],
      ),
      "/api/v1/shared/events": read(
        "The newest events of the endpoint that a guest link opens.",
        "EventList",
        [guestToken],
      ),
    },
    components: {
      schemas: Object.fromEntries(
        Object.entries(components).map(([name, schema]) => [name, toJsonSchema(schema)]),
      ),
    },
  };
}

/** Later versions may add fields, so objects stay open; `date-time` says what zod spells out as a pattern. */
function toJsonSchema(schema: z.ZodMiniType): object {
  return z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io: "input",
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
    },
  });
}

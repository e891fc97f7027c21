import { endpointEventSchema } from "./event";

/** The parameters of queries. A `name` is given where two operations use the same one for different things. */
export const inQuery = {
  since: {
    description:
      "The ETag of an earlier response: if the server still knows it, only what changed since is sent (endpoints of a list, or entries of a rollout’s lists), and `since` is set.",
    schema: { type: "string" },
  },
  limit: { schema: { type: "integer", minimum: 1, maximum: 100, default: 50 } },
  cursor: { description: "`nextCursor` of the previous page.", schema: { type: "string" } },
  goal: {
    name: "until",
    description: "How far to wait: `done`, a share of updated replicas such as `50%`, or a number of them.",
    schema: { type: "string", pattern: "^(done|(100|[1-9]\\d?)%|[1-9]\\d{0,6})$", default: "done" },
  },
  deployment: {
    description: "The deployment to wait for; otherwise the one that is current at the request.",
    schema: { type: "string" },
  },
  timeout: {
    description: "How long to wait at most, such as `90s` or `30m`; at most `1h`.",
    schema: { type: "string", pattern: "^\\d{1,6}[smh]$", default: "30s" },
  },
  from: {
    name: "since",
    description: "The first moment; without it and without a cursor, a day ago.",
    schema: { type: "string", format: "date-time" },
  },
  before: {
    name: "until",
    description: "Only what happened before this moment.",
    schema: { type: "string", format: "date-time" },
  },
  endpoint: { description: "Only events of this endpoint.", schema: { type: "string" } },
  organization: { description: "Only events of this organization’s endpoints.", schema: { type: "string" } },
  kind: {
    description: "Only events of this kind.",
    schema: { type: "string", enum: endpointEventSchema.shape.kind.options },
  },
};

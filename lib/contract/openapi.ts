import * as z from "zod/mini";

import { basePath } from "./base-path";
import { apiRoutes, type ApiRoute } from "./openapi-routes";
import { inQuery } from "./openapi-query";
import { components } from "./openapi-schemas";
import { pollHeaders } from "./paths";

const text = { type: "string" };
const milliseconds = { type: "integer", minimum: 0 };

const inPath: Readonly<Record<string, object>> = {
  endpointId: {
    description: "What callers of the endpoint use as model name.",
    schema: { ...text, pattern: "^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?$" },
  },
};

const inHeader = {
  guestToken: {
    ...{ name: "Authorization", in: "header", required: true },
    description: "`Bearer` and the token of a guest link, which identifies the endpoint.",
    schema: text,
  },
  etag: {
    name: "If-None-Match",
    in: "header",
    description: "The ETag of the response you have.",
    schema: text,
  },
};

const answerHeaders = {
  ETag: {
    description:
      "Names the content: it changes when a count, a status or the freshness changes, not as time passes.",
    schema: text,
  },
  [pollHeaders.age]: {
    description: "Milliseconds since the observation; absent before the first observation.",
    schema: milliseconds,
  },
  [pollHeaders.nextPollIn]: {
    description: "Milliseconds until the next request is useful.",
    schema: milliseconds,
  },
};

/** What any operation may be answered with. */
const anyProblem = {
  "401": "Not signed in.",
  "421": "The Host header is not an address of this server.",
  "503": "Rollcall is starting, or cannot read its history now; `detail` says which.",
};

const readProblems = {
  ...anyProblem,
  "400": "A parameter is invalid; `detail` says which.",
  "403": "You do not have access.",
  "404": "Not watched, or you do not have access.",
};

/** Changes are accepted from Rollcall's own pages only: `Origin` has to name this server. */
const changeProblems = {
  ...anyProblem,
  "400": "The request is invalid; `detail` says why.",
  "403": "The request came from another origin, or you may not do this.",
  "404": "It does not exist, or you do not have access.",
  "409": "Not possible in the current state; `detail` says why.",
  "429": "Too many attempts; `Retry-After` says when to try again.",
};

/** The OpenAPI 3.1 document of `/api/v1`, made from the table of routes and the schemas that parse. */
export function toOpenApi() {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, route] of Object.entries(apiRoutes)) {
    const [method = "", path = ""] = name.split(" ");
    paths[path] = { ...paths[path], [method.toLowerCase()]: toOperation(method, path, route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Rollcall",
      version: "1",
      description:
        "Rollouts on dedicated endpoints as Rollcall recorded them. Instants are ISO-8601 in UTC; null means not reported.",
    },
    // Without this, paths start at the root of the host.
    ...(basePath === "" ? {} : { servers: [{ url: basePath }] }),
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(components).map(([name, schema]) => [name, toJsonSchema(schema)]),
      ),
    },
  };
}

function toOperation(
  method: string,
  path: string,
  { summary, query = [], isShared, body, answer }: ApiRoute,
) {
  const isRead = method === "GET";
  const content = answer.includes("/")
    ? { [answer]: { schema: text } }
    : { "application/json": { schema: reference(answer) } };
  const kept = isRead ? { headers: answerHeaders } : {};
  return {
    summary,
    parameters: [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
        ...{ name, in: "path", required: true, schema: text },
        ...inPath[name],
      })),
      ...query.map((name) => ({ name, in: "query", ...inQuery[name] })),
      ...(isShared === true ? [inHeader.guestToken] : []),
      ...(isRead ? [inHeader.etag] : []),
    ],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { "application/json": { schema: reference(body) } } } }),
    responses: {
      "200": { description: summary, ...kept, content },
      ...(isRead ? { "304": { description: "The response you have is still valid.", ...kept } } : {}),
      ...toProblems(isRead ? readProblems : changeProblems),
    },
  };
}

function toProblems(problems: Readonly<Record<string, string>>) {
  const content = { "application/problem+json": { schema: reference("Problem") } };
  return Object.fromEntries(
    Object.entries(problems).map(([status, description]) => [status, { description, content }]),
  );
}

function reference(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

/**
 * Later versions may add fields, so objects stay open; `date-time` replaces the pattern that zod writes out. What a page
 * of another build may find missing or unknown is always sent.
 */
function toJsonSchema(schema: z.ZodMiniType): object {
  return z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
      const { def } = zodSchema._zod;
      if (def.type === "catch") delete jsonSchema.default;
      if (def.type !== "object") return;
      const optional: readonly (string | undefined)[] = ["optional", "default"];
      const required = Object.keys(def.shape).filter(
        (name) => !optional.includes(def.shape[name]?._zod.def.type),
      );
      if (required.length > 0) jsonSchema.required = required;
    },
  });
}

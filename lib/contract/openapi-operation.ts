import { pollHeaders } from "./paths";
import type { components } from "./openapi-schemas";

type SchemaName = keyof typeof components;

const milliseconds = { schema: { type: "integer", minimum: 0 } };

const answerHeaders = {
  ETag: {
    description:
      "Names the content: it changes with a count, a status or the freshness, not because time went by.",
    schema: { type: "string" },
  },
  [pollHeaders.age]: {
    description: "Milliseconds since the observation; absent before the first.",
    ...milliseconds,
  },
  [pollHeaders.nextPollIn]: { description: "Milliseconds until it is worth asking again.", ...milliseconds },
};

function reference(name: SchemaName) {
  return { $ref: `#/components/schemas/${name}` };
}

function problem(description: string) {
  return { description, content: { "application/problem+json": { schema: reference("Problem") } } };
}

/** A question whose answer is JSON. */
export function read(summary: string, name: SchemaName, parameters: readonly object[]) {
  return readAs(summary, { "application/json": { schema: reference(name) } }, parameters);
}

/** The same of an answer that is text. */
export function readText(summary: string, type: string, parameters: readonly object[]) {
  return readAs(summary, { [type]: { schema: { type: "string" } } }, parameters);
}

function readAs(summary: string, content: object, parameters: readonly object[]) {
  return {
    get: {
      summary,
      parameters: [
        ...parameters,
        {
          name: "If-None-Match",
          in: "header",
          description: "The ETag of what you have.",
          schema: { type: "string" },
        },
      ],
      responses: {
        "200": {
          description: summary,
          headers: answerHeaders,
          content,
        },
        "304": { description: "What you have still holds.", headers: answerHeaders },
        "400": problem("A parameter cannot be read; `detail` says which."),
        "401": problem("Not signed in."),
        "403": problem("Not yours to see."),
        "404": problem("Not watched, or not yours to see."),
        "421": problem("The Host header names no address of this server."),
        "503": problem("Rollcall is starting, or its history cannot be read now; `detail` says which."),
      },
    },
  };
}

/** A change, which is made from our own pages only: `Origin` has to name this server. */
export function change(
  method: "post" | "patch" | "delete",
  summary: string,
  names: { asked?: SchemaName; answer: SchemaName },
  parameters: readonly object[],
) {
  const asked =
    names.asked === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { "application/json": { schema: reference(names.asked) } },
          },
        };
  return {
    [method]: {
      summary,
      parameters,
      ...asked,
      responses: {
        "200": { description: summary, content: { "application/json": { schema: reference(names.answer) } } },
        "400": problem("What is asked cannot be read; `detail` says why."),
        "401": problem("Not signed in."),
        "403": problem("Asked from another origin, or by somebody who may not."),
        "404": problem("Not there, or not yours to see."),
        "409": problem("Not as things stand; `detail` says why."),
        "429": problem("Too much was tried; `Retry-After` says when to try again."),
        "421": problem("The Host header names no address of this server."),
        "503": problem("Rollcall is starting, or its history cannot be read now; `detail` says which."),
      },
    },
  };
}

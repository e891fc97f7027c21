import { toText } from "../json";
import type { Answer } from "../upstream/answer";
import { json, problem } from "../upstream/answer";
import type { FaultOf } from "./fault";

/** 200, JSON by its type, no byte in it. */
export function empty(): Answer {
  return { status: 200, headers: { "content-type": "application/json" }, body: "" };
}

/** What a captive portal or a proxy's maintenance page looks like: 200 text/html. */
export function html(): Answer {
  const body =
    "<!doctype html><html><head><title>Sign in</title></head><body><h1>Please sign in</h1></body></html>";
  return { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body };
}

/** The right body under the wrong content type. */
export function wrongType(fault: FaultOf<"wrong-type">, answer: Answer): Answer {
  return { ...answer, headers: { ...answer.headers, "content-type": fault.contentType } };
}

/** The right response without its last character, at its full declared length. */
export function invalidJson(answer: Answer): Answer {
  return { ...answer, body: answer.body.slice(0, -1) };
}

/** Valid JSON that is not the documented object. */
export function wrongShape(fault: FaultOf<"wrong-shape">): Answer {
  return json(fault.value);
}

/** A redirect; by default to another path of the same origin. */
export function redirect(fault: FaultOf<"redirect">): Answer {
  return { status: fault.status, headers: { location: fault.location }, body: "" };
}

/** Any status; without a body it is the upstream's own error shape. */
export function statusAnswer(fault: FaultOf<"status">): Answer {
  const answer = fault.body === undefined ? problem(fault.status) : { ...json(""), body: toText(fault.body) };
  return { status: fault.status, headers: { ...answer.headers, ...fault.headers }, body: answer.body };
}

/** A given body, in place of the upstream's. */
export function overrideBody(fault: FaultOf<"body">): Answer {
  const headers = { "content-type": "application/json", ...fault.headers };
  return { status: fault.status, headers, body: toText(fault.body) };
}

/** The right response with other or more headers: a `date` far off, say. */
export function extraHeaders(fault: FaultOf<"headers">, answer: Answer): Answer {
  return { ...answer, headers: { ...answer.headers, ...fault.headers } };
}

/** The right response with a cookie that clients should neither keep nor pass on. */
export function setCookie(fault: FaultOf<"set-cookie">, answer: Answer): Answer {
  return { ...answer, headers: { ...answer.headers, "set-cookie": fault.cookie } };
}

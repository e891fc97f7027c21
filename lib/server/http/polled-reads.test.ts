import { expect, it } from "vitest";

import { findPolledRead } from "./polled-reads";

it.each([
  "/api/v1/endpoints",
  "/api/v1/endpoints?since=x",
  "/api/v1/endpoints/acme-qwen-3-32b",
  "/api/v1/endpoints/acme-llama3.1-8b?x",
  "/api/v1/shared",
  "/livez",
  "/readyz",
])("%s is answered before Next", (url) => {
  expect(findPolledRead(url)).not.toBeNull();
});

it.each([
  "/",
  "/api/v1/endpoints/",
  "/api/v1/endpoints/.",
  "/api/v1/endpoints/..",
  "/api/v1/endpoints/a/events",
  "/api/v1/endpoints/a%2Fb",
  "/api/v1/%65ndpoints",
  "/api/v1/endpoints#x",
  "//api/v1/endpoints",
  "/api/v1/shared/events",
  "/api/v1/sessions",
  "/livez/",
  "/Livez",
])("%s is left to Next", (url) => {
  expect(findPolledRead(url)).toBeNull();
});

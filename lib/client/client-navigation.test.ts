import { describe, expect, it } from "vitest";

import { minute } from "@/lib/domain/instant";

import { toClientAddress, withinDocument, type Click, type Link } from "./client-navigation";

const origin = "https://rollcall.example";
const plain: Click = {
  ...{ button: 0, metaKey: false, ctrlKey: false, shiftKey: false, altKey: false },
  defaultPrevented: false,
};

function follow(path: string, { from = "/", click = {}, link = {}, age = 0 } = {}): string | null {
  const anchor: Link = { href: new URL(path, origin).href, target: "", download: "", ...link };
  return toClientAddress(anchor, { ...plain, ...click }, `${origin}${from}`, age);
}

describe("a link is followed without a new document", () => {
  it.each([
    ["/", "/endpoints/acme-a", "/endpoints/acme-a"],
    [
      "/endpoints/acme-a",
      "/endpoints/acme-a/rollouts/b9?with=a8#log",
      "/endpoints/acme-a/rollouts/b9?with=a8#log",
    ],
    ["/endpoints/acme-a", "/", "/"],
    ["/screens", "/pair", "/pair"],
  ])("from %s to %s", (from, to, address) => {
    expect(follow(to, { from })).toBe(address);
  });
});

describe("under a base path", () => {
  const follow = (from: string, to: string) =>
    withinDocument(`${origin}${to}`, `${origin}${from}`, 0, "/rollcall");

  it.each([
    ["/rollcall/", "/rollcall/endpoints/a?q#h", "/endpoints/a?q#h"],
    ["/rollcall/endpoints/a", "/rollcall", "/"],
    ["/rollcall/screens", "/rollcall/", "/"],
  ])("the router gets the rest of the path: from %s to %s", (from, to, address) => {
    expect(follow(from, to)).toBe(address);
  });

  it.each(["/", "/endpoints/a", "/rollcalls/", "/other/screens", "/rollcall/wall", "/rollcall/#content"])(
    "the browser follows %s",
    (to) => expect(follow("/rollcall", to)).toBeNull(),
  );
});

describe("the browser follows", () => {
  it.each([
    ["the wall", "/wall", {}],
    ["signing in", "/sign-in?to=%2F", {}],
    ["the doctor's checks", "/doctor", {}],
    ["a file of the API", "/api/v1/endpoints/acme-a/raw", {}],
    ["another site", "https://elsewhere.example/endpoints/acme-a", {}],
    ["a place on this page", "/#content", {}],
    ["the page itself", "/endpoints/acme-a", { from: "/endpoints/acme-a" }],
    ["the site from a guest link", "/", { from: "/share/token" }],
    ["what a guest sees", "/share/token/rollouts/b9", { from: "/share/token" }],
    ["a link from the doctor's page", "/", { from: "/doctor" }],
    ["a link into another tab", "/screens", { link: { target: "_blank" } }],
    ["a download", "/endpoints/acme-a", { link: { download: "a" } }],
    ["a click with a modifier", "/screens", { click: { ctrlKey: true } }],
    ["a click of another button", "/screens", { click: { button: 1 } }],
    ["a click that something else handled", "/screens", { click: { defaultPrevented: true } }],
    ["any link of an old document", "/screens", { age: 6 * minute }],
  ])("%s", (_, path, more) => {
    expect(follow(path, more)).toBeNull();
  });
});

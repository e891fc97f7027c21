import { expect, test } from "vitest";

import { anonymous, openAccess, type Principal } from "@/lib/server/access/principal";

import { readNavigation } from "./site";

const wordsFor = (principal: Principal) => readNavigation(principal).map(({ word }) => word);

const viewer = openAccess("viewer");
const all = ["Endpoints", "Wall", "Screens", "People", "Tokens", "Notifications", "Diagnostics", "Audit log"];

test.each<[string, Principal, string[]]>([
  ["an administrator", openAccess("administrator"), all],
  [
    "an administrator of one organization",
    { ...viewer, role: "administrator", orgs: ["acme"] },
    all.slice(0, 3),
  ],
  ["a viewer", viewer, all.slice(0, 3)],
  ["a guest", { kind: "guest", linkId: "l", endpointId: "acme-a" }, []],
  ["an anonymous client", anonymous, []],
])("%s is led to the pages that they may open, and to no other", (_, principal, words) => {
  expect(wordsFor(principal)).toEqual(words);
});

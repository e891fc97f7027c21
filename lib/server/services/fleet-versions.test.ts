import fc from "fast-check";
import { expect, test } from "vitest";

import { createFleetVersions } from "./fleet-scopes";

const contents = fc.array(fc.array(fc.constantFrom("a", "b", "c"), { minLength: 4, maxLength: 4 }), {
  minLength: 1,
  maxLength: 30,
});

test("changes since any remembered version lead to the newest", () => {
  fc.assert(
    fc.property(contents, (history) => {
      const versions = createFleetVersions();
      for (const tags of history) versions.note(tags.join(), tags);
      const newest = history.at(-1) ?? [];
      for (const tags of history) {
        const isChanged = versions.changedSince(tags.join());
        expect(tags.map((tag, index) => (isChanged?.(index) ? newest[index] : tag))).toEqual(newest);
      }
      expect(versions.changedSince(newest.join())?.(0)).toBe(false);
    }),
  );
});

test("a viewer who polls 15 s later gets the changes, even if the fleet changes 50 times a second", () => {
  const versions = createFleetVersions();
  for (let nth = 0; nth <= 750; nth += 1) versions.note(`${nth}`, ["same", `${nth}`]);
  const isChanged = versions.changedSince("0");
  expect([isChanged?.(0), isChanged?.(1)]).toEqual([false, true]);
});

test("only a limited number of versions is kept: the oldest are dropped", () => {
  const versions = createFleetVersions(2);
  for (const name of ["1", "2", "3"]) versions.note(name, [name]);
  expect(versions.changedSince("1")).toBeNull();
  expect(versions.changedSince("2")?.(0)).toBe(true);
});

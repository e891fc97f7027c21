import { describe, expect, it } from "vitest";

import { hashPassword, isPassword, newOneTimePassword } from "./password";
import { hashScreenCode, newScreenCode } from "./secret-token";

describe("a password", () => {
  it("is stored as an Argon2id hash, different each time", async () => {
    const [one, two] = await Promise.all([hashPassword("correct horse"), hashPassword("correct horse")]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await isPassword("correct horse", one)).toBe(true);
    expect(await isPassword("correct horse", two)).toBe(true);
    expect(await isPassword("Correct horse", one)).toBe(false);
    expect(await isPassword("", one)).toBe(false);
  });

  it("matches in any Unicode normalization form", async () => {
    expect(
      await isPassword("e\u0301clair au caf\u00e9", await hashPassword("\u00e9clair au cafe\u0301")),
    ).toBe(true);
  });

  it("never matches for an unknown account", async () => {
    expect(await isPassword("anything", null)).toBe(false);
  });

  it("is checked for a few requests at once, and the others are rejected", async () => {
    const kept = await hashPassword("correct horse");
    const answers = await Promise.all(Array.from({ length: 60 }, () => isPassword("correct horse", kept)));
    expect(answers.filter((answer) => answer === true)).toHaveLength(32);
    expect(answers.filter((answer) => answer === "busy")).toHaveLength(28);
  });

  it("is long and different each time when generated", () => {
    const made = Array.from({ length: 100 }, newOneTimePassword);
    expect(new Set(made).size).toBe(100);
    for (const each of made) expect(each).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
  });
});

describe("a screen's code", () => {
  it("matches in any case, with or without spaces and hyphen", () => {
    const code = newScreenCode();
    expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    for (const typed of [code.toLowerCase(), code.replace("-", ""), ` ${code.replace("-", " ")} `])
      expect(hashScreenCode(typed)).toBe(hashScreenCode(code));
  });

  it.each(["", "BCDF", "BCDF-GHJA", "BCDF-GHJKL", "1234-5678", "BCDF-GHJ\u212a"])("is never %j", (typed) => {
    expect(hashScreenCode(typed)).toBeNull();
  });
});

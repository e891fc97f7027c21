import { describe, expect, it } from "vitest";

import { readCookie } from "@/lib/server/access/cookies";

import { readFields } from "./body";
import { toProblemResponse } from "./errors";
import { answerForm, parseFormOutcome, type FormDescription } from "./form";

const publicUrl = new URL("https://rollcall.example");
const form: FormDescription = {
  toBody: (fields) => ({ name: fields.get("name") }),
  done: () => ({ to: "/screens", outcome: "Kitchen is paired." }),
  back: (fields) => `/pair?code=${fields.get("code") ?? ""}`,
};

function post(body: string, type: string): Request {
  return new Request(new URL("/api", publicUrl), { method: "POST", body, headers: { "content-type": type } });
}

describe("the fields of a form", () => {
  it.each(["application/x-www-form-urlencoded", "application/x-www-form-urlencoded;charset=UTF-8"])(
    "are read from %s",
    async (type) => {
      const fields = await readFields(post("name=K%C3%BCche+1&code=", type));
      expect(Object.fromEntries(fields ?? [])).toEqual({ name: "Küche 1", code: "" });
    },
  );

  it.each(["application/json", "text/plain", "multipart/form-data; boundary=x"])(
    "do not exist in %s",
    async (type) => {
      expect(await readFields(post("name=a", type))).toBeNull();
    },
  );

  it("are empty if more than 96 KiB is sent", async () => {
    const fields = await readFields(post(`name=${"a".repeat(100_000)}`, "application/x-www-form-urlencoded"));
    expect([...(fields ?? [])]).toEqual([]);
  });
});

describe("a form is answered", () => {
  const fields = new URLSearchParams({ code: "BCDF-GHJK" });

  it("with the next page, the cookies of the change and the outcome", async () => {
    const done = Response.json({}, { headers: [["set-cookie", "a=b"]] });
    const answer = await answerForm(done, fields, form, publicUrl);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/screens");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const [first, second = ""] = answer.headers.getSetCookie();
    expect(first).toBe("a=b");
    expect(second).toMatch(
      /^__Host-rollcall-outcome=[^;]*; Max-Age=10; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(outcomeOf(second, "/screens")).toBe("Kitchen is paired.");
  });

  it("without the outcome of an earlier form, if there is nothing to say", async () => {
    const silent: FormDescription = { ...form, done: () => ({ to: "/account", outcome: null }) };
    const answer = await answerForm(Response.json({}), fields, silent, publicUrl);
    expect(answer.headers.getSetCookie()).toEqual([
      "__Host-rollcall-outcome=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax",
    ]);
  });

  it("with its own page and the detail of the problem", async () => {
    const refused = toProblemResponse(404, "No screen shows this code, or it has expired.");
    const answer = await answerForm(refused, fields, form, publicUrl);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/pair?code=BCDF-GHJK"]);
    const [cookie = ""] = answer.headers.getSetCookie();
    expect(outcomeOf(cookie, "/pair")).toBe("No screen shows this code, or it has expired.");
    expect(outcomeOf(cookie, "/sign-in")).toBeNull();
  });
});

it.each(["", "%", "%E0%A4", "no-space", "/pair", "/other words"])(
  "the cookie value %j is no outcome for /pair",
  (value) => {
    expect(parseFormOutcome(value, "/pair")).toBeNull();
  },
);

function outcomeOf(setCookie: string, page: string): string | null {
  return parseFormOutcome(readCookie(setCookie, "outcome", publicUrl) ?? "", page);
}

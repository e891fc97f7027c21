import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { toHandshakeFault } from "./handshake-fault";

const coded = (code: string) => Object.assign(new Error("connect to 10.0.0.1"), { code });

describe("the fault of a handshake", () => {
  it.each<[unknown, string]>([
    [{ error: new Error("invalid_grant (the code of ada@example.com was used)") }, "invalid_grant"],
    [new Error("access_denied"), "access_denied"],
    [{ error: new Error("unexpected iss value, expected https://a, got: https://evil") }, "unexpected iss"],
    [{ error: new Error("expected 200 OK, got: 500 secret words") }, "expected 200 OK"],
    [{ error: coded("ECONNREFUSED") }, "ECONNREFUSED"],
    [{ error: new Error("GitHub answered 502.") }, "GitHub answered 502."],
    [
      { error: new Error("The userinfo response is about a different subject than the ID token.") },
      "The userinfo response is about a different subject than the ID token.",
    ],
    [
      { error: new Error("The proxy in HTTPS_PROXY refused the connection (407).") },
      "The proxy in HTTPS_PROXY refused the connection (407).",
    ],
    [
      { error: new Error("The proxy in HTTPS_PROXY cannot be reached (ECONNREFUSED).") },
      "The proxy in HTTPS_PROXY cannot be reached (ECONNREFUSED).",
    ],
    [{ error: new Error("GitHub answered 502. <script>") }, "unexpected answer"],
    [{ error: coded("a code\nof two lines") }, "unexpected answer"],
    [null, "unexpected answer"],
  ])("of %s is %j", (metadata, fault) => expect(toHandshakeFault(metadata)).toBe(fault));

  it("holds no text that a provider or a stranger chooses", () => {
    fc.assert(
      fc.property(fc.string(), fc.anything(), (text, anything) => {
        const foreign = `zq${text}`;
        expect(toHandshakeFault({ error: new Error(foreign) })).toBe("unexpected answer");
        expect(toHandshakeFault({ error: new Error(`server_error ${foreign}`) })).toBe("server_error");
        expect(toHandshakeFault(anything)).toMatch(/^[\w .()]+$/);
      }),
    );
  });
});

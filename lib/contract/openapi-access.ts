import { change, read } from "./openapi-operation";

const sessionId = { name: "sessionId", in: "path", required: true, schema: { type: "string" } };
const screenId = { name: "screenId", in: "path", required: true, schema: { type: "string" } };
const cursor = {
  name: "cursor",
  in: "query",
  description: "`nextCursor` of the page before.",
  schema: { type: "string" },
};

/** The part of the API by which people come in, and see to sessions and wall screens. Secrets travel as cookies. */
export const accessPaths = {
  "/api/v1/sign-in": change(
    "post",
    "Sign in with a password; with `newPassword` it takes the former one's place.",
    { asked: "SignInRequest", answer: "SignInAnswer" },
    [],
  ),
  "/api/v1/sign-out": change("post", "End the session of the browser that asks.", { answer: "Ending" }, []),
  "/api/v1/sessions": {
    ...read("One's own sessions; an administrator's list has everybody's.", "SessionList", []),
    ...change("delete", "End all of one's own sessions, this one included.", { answer: "Ending" }, []),
  },
  "/api/v1/sessions/{sessionId}": change(
    "delete",
    "End one session: its next request fails.",
    { answer: "Ending" },
    [sessionId],
  ),
  "/api/v1/audit": read("What people did to access, newest first. For administrators.", "AuditList", [
    cursor,
  ]),
  "/api/v1/pairings": change(
    "post",
    "A code for a screen to show until somebody who is signed in approves it.",
    { answer: "Pairing" },
    [],
  ),
  "/api/v1/pairings/claim": change(
    "post",
    "Whether the waiting screen that asks was approved; its pass then travels as a cookie.",
    { answer: "Claim" },
    [],
  ),
  "/api/v1/screens": {
    ...read("The screens that one approved; an administrator's list has all.", "ScreenList", []),
    ...change(
      "post",
      "Approve the screen that shows a code.",
      { asked: "ScreenRequest", answer: "ChangedScreen" },
      [],
    ),
  },
  "/api/v1/screens/{screenId}": {
    ...change(
      "patch",
      "Rename a screen, or have it show something else.",
      { asked: "ScreenChange", answer: "ChangedScreen" },
      [screenId],
    ),
    ...change("delete", "Take a screen its pass: its next request fails.", { answer: "Revocation" }, [
      screenId,
    ]),
  },
  "/api/v1/screen": read("What the screen that asks is to show.", "OwnScreen", []),
};

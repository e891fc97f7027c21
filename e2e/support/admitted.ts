import { enter, firstPassword, makeLink, pairScreen, PASSWORD } from "./people";
import type { Rollcall } from "./rollcall";

/** A request that a viewer with access repeats. */
export type Look = { who: string; path: string; headers: Record<string, string> };

/** The answer to a request; `took` is in ms. */
export type Answered = { who: string; path: string; status: number; took: number; text: string };

/** Gives a person, a screen and a guest access. Returns the requests that they repeat. */
export async function prepareLooks(rollcall: Rollcall, endpointId: string): Promise<Look[]> {
  const person = await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
  const screen = await pairScreen(rollcall, person);
  const { token } = await makeLink(rollcall, endpointId, person);
  const ofPerson = { who: "person", headers: { cookie: person } };
  const ofScreen = { who: "screen", headers: { cookie: screen.cookie } };
  return [
    { ...ofPerson, path: "/api/v1/endpoints" },
    { ...ofPerson, path: `/api/v1/endpoints/${endpointId}` },
    { ...ofPerson, path: "/" },
    { ...ofPerson, path: `/endpoints/${endpointId}` },
    { ...ofScreen, path: "/api/v1/endpoints" },
    { ...ofScreen, path: "/api/v1/screen" },
    { ...ofScreen, path: "/wall" },
    { ...ofScreen, path: "/wall/basic" },
    { who: "guest", path: "/api/v1/shared", headers: { authorization: `Bearer ${token}` } },
    { who: "guest", path: `/share/${token}`, headers: {} },
  ];
}

/** Makes all requests, one after another. */
export async function lookAtAll(rollcall: Rollcall, looks: readonly Look[]): Promise<Answered[]> {
  const answered: Answered[] = [];
  for (const { who, path, headers } of looks) {
    const begun = performance.now();
    const response = await fetch(rollcall.url + path, { headers, redirect: "manual" });
    const text = await response.text();
    answered.push({ who, path, status: response.status, took: performance.now() - begun, text });
  }
  return answered;
}

/** Every path of the public API and the pages, in one place. Ids are encoded here and nowhere else. */
export const apiPaths = {
  endpoints: "/api/v1/endpoints",
  endpoint: (id: string) => `/api/v1/endpoints/${encodeURIComponent(id)}`,
  rollouts: (id: string) => `/api/v1/endpoints/${encodeURIComponent(id)}/rollouts`,
  rollout: (id: string, deploymentId: string) =>
    `/api/v1/endpoints/${encodeURIComponent(id)}/rollouts/${encodeURIComponent(deploymentId)}`,
  events: (id: string) => `/api/v1/endpoints/${encodeURIComponent(id)}/events`,
  raw: (id: string) => `/api/v1/endpoints/${encodeURIComponent(id)}/raw`,
  openapi: "/api/v1/openapi.json",
} as const;

export const pagePaths = {
  fleet: "/",
  endpoint: (id: string) => `/endpoints/${encodeURIComponent(id)}`,
  doctor: "/doctor",
} as const;

/** Headers that move with every poll; both are whole milliseconds, so that no clocks need to agree. */
export const pollHeaders = {
  age: "Rollcall-Age",
  nextPollIn: "Rollcall-Next-Poll-In",
} as const;

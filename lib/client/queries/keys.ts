/** Every key of the query cache. The parts of an endpoint share a prefix, to be asked anew together. */
export const queryKeys = {
  fleet: ["fleet"],
  endpoint: (id: string) => ["endpoint", id, "view"],
  endpointParts: (id: string) => ["endpoint", id, "part"],
  rollout: (id: string, deploymentId: string) => ["endpoint", id, "part", "rollout", deploymentId],
  rollouts: (id: string, cursor: string | null) => ["endpoint", id, "part", "rollouts", cursor],
  events: (id: string) => ["endpoint", id, "part", "events"],
  acknowledged: (id: string, deploymentId: string) => ["acknowledged", id, deploymentId],
  guestLinks: (id: string) => ["guest-links", id],
  sessions: ["sessions"],
  screens: ["screens"],
  audit: (cursor: string | null) => ["audit", cursor],
  ownScreen: ["own-screen"],
  rawReply: (id: string) => ["endpoint", id, "part", "raw"],
} as const;

const OURS = /^(CEREBRAS_|ROLLCALL_|NEXTAUTH_|DATABASE_URL$|PORT$|HOSTNAME$)/;

/** Rollcall's environment beside a simulator, without the keys and accounts of this machine. */
export function demonstrationSettings({ simulator, port, database }) {
  const others = Object.entries(process.env).filter(([name]) => !OURS.test(name));
  return {
    ...Object.fromEntries(others),
    CEREBRAS_MANAGEMENT_API_KEY: simulator.key,
    CEREBRAS_API_URL: simulator.upstream,
    CEREBRAS_ORG: "acme",
    // Empty, so that a developer's .env does not set them.
    CEREBRAS_MANAGEMENT_API_KEY_FILE: "",
    ROLLCALL_CONFIG: "",
    ROLLCALL_ENDPOINTS: "",
    DATABASE_URL: `file:${database}`,
    ROLLCALL_ACCESS: "open",
    ROLLCALL_URL: `http://localhost:${port}`,
    ROLLCALL_POLL_ACTIVE_SECONDS: "2",
    ROLLCALL_POLL_IDLE_SECONDS: "5",
    // The simulator has no request limit.
    ROLLCALL_MAX_REQUESTS_PER_MINUTE: "1200",
    PORT: String(port),
    HOSTNAME: "127.0.0.1",
    KEEP_ALIVE_TIMEOUT: "75000",
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/** The line that says which address to open. */
export function invitation(port) {
  const address = `http://localhost:${port}`;
  return `Rollcall is at ${address} (a rollout to watch: ${address}/endpoints/acme-qwen-3-32b). Ctrl-C ends it.`;
}

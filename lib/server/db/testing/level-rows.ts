/*
 * A little of everything that people would miss after an upgrade. Columns that a level does not have are left out; both
 * names of a renamed column are here.
 */

const minute = 60_000;
const start = Date.UTC(2026, 10, 23, 12);
const later = start + 400 * 24 * 60 * minute;
const identity = JSON.stringify({ kind: "password", role: "administrator", orgs: null });
const display = JSON.stringify({ endpointIds: null, theme: "dark", rotateSeconds: null, night: true });

type Row = Readonly<Record<string, string | number | null>>;

/** Table by table, each after those it refers to. */
export const levelRows: readonly (readonly [table: string, rows: readonly Row[]])[] = [
  [
    "endpoint",
    [
      {
        ...{
          id: "acme-a",
          org: "acme",
          model_arch: "qwen-3-32b",
          created_at: start - minute,
          updated_at: start,
        },
        ...{ warnings: "[]", first_observed_at: start, gone_since: null, removed_since: null },
      },
    ],
  ],
  ["reply", [{ endpoint_id: "acme-a", body: '{"it’s":1}', is_shortened: 0, unread_fields: '["spare"]' }]],
  [
    "rollout",
    [
      {
        ...{
          endpoint_id: "acme-a",
          deployment_id: "d1",
          model: "m/versions/7",
          version: "7",
          version_alias: "v7",
        },
        ...{ created_at: start, first_observed_at: start, ended_at: start + 5 * minute, error_since: null },
        ...{
          last_seen_at: start + 6 * minute,
          gone_since: start + 7 * minute,
          removed_since: start + 7 * minute,
        },
        sort_at: start,
      },
    ],
  ],
  [
    "observation",
    [0, 6, 12].map((updated, nth) => ({
      ...{ endpoint_id: "acme-a", deployment_id: "d1", at: start + nth * minute, not_before: null },
      ...{
        status: updated === 12 ? "done" : "in_progress",
        reported_status: null,
        updated_replicas: updated,
      },
      ...{ total_replicas: 12, max_unavailable: 2, error_message: null, warnings: "[]" },
    })),
  ],
  [
    "watch_span",
    [
      {
        ...{ endpoint_id: "acme-a", from_at: start, until_at: start + 6 * minute },
        ...{ broken_by_code: null, broken_by_message: null },
      },
    ],
  ],
  [
    "guest_link",
    [
      {
        ...{
          id: "l1",
          token_hash: "hash of a link",
          endpoint_id: "acme-a",
          name: "incident",
          created_at: start,
        },
        ...{ expires_at: later, revoked_at: null, last_used_at: start },
      },
    ],
  ],
  [
    "account",
    [
      {
        ...{ name: "ada", password_hash: "hash of a password", is_one_time: 0, role: "administrator" },
        ...{ orgs: null, changed_at: start },
      },
    ],
  ],
  [
    "session",
    [
      {
        ...{ id: "s1", token_hash: "hash of a session", subject: "password:ada", account: "ada", identity },
        ...{ browser: null, created_at: start, last_seen_at: start, expires_at: later },
      },
    ],
  ],
  [
    "screen",
    [
      {
        ...{ id: "k1", pass_hash: "hash of a pass", name: "hall", shows: display, display_settings: display },
        ...{ orgs: null, approved_by: "password:ada", approver: "ada", created_at: start },
        ...{ last_seen_at: start, expires_at: later },
      },
    ],
  ],
  ["audit", [{ at: start, actor: "ada", action: "approved a screen", about: "hall" }]],
  ["acknowledgement", [{ endpoint_id: "acme-a", deployment_id: "d1", account: "ada", at: start }]],
  [
    "service_token",
    [
      {
        ...{
          id: "t1",
          token_hash: "hash of a token",
          name: "ci",
          scopes: '["read"]',
          orgs: null,
          made_by: "ada",
        },
        ...{ created_at: start, expires_at: later, last_used_at: null },
      },
    ],
  ],
];

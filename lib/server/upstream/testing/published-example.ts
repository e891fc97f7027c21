/** The status reply of the public reference, "Retrieve endpoint status", unchanged. */
export const publishedExample = `{
  "name": "my-org-llama-3.3-70b",
  "model_arch_id": "llama-3.3-70b",
  "deployed_models": [
    {
      "id": "550e8400-e29b-41d4-a716-446655440000",
      "model": "orgs/my-org/models/llama-3.3-70b/versions/1",
      "version_alias": "production-jan-12-2026-finetuned",
      "created": 1736700000,
      "state": "complete"
    }
  ],
  "managing_org_name": "my-org",
  "created": 1736600000,
  "updated": 1736700000
}`;

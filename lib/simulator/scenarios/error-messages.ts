/** What a rollout that fails on a replica might say: several lines, paths, a trace, no line short. */
export const SHARD_MISMATCH = [
  "Replica cs3-prod-07/replica-7 failed its readiness check 5 times in a row; rollout halted at 7 of 12.",
  "Last error from the model server (exit code 134):",
  "  RuntimeError: weight shard 'model-00019-of-00030.safetensors' has shape [5120, 25600], expected [5120, 27648]",
  '    at load_shard ("/opt/cerebras/serving/weights/loader.py", line 412)',
  '    at bring_up_replica ("/opt/cerebras/serving/replica.py", line 188)',
  "Hint: check that the uploaded checkpoint matches the architecture and upload a new version.",
].join("\n");

/** What a rollout that fails on a replica might say: several lines, paths, a trace. */
export function shardMismatch(updated: number, total: number): string {
  return [
    `Replica cs3-prod-07/replica-${updated} failed its readiness check 5 times in a row; ` +
      `rollout halted at ${updated} of ${total}.`,
    "Last error from the model server (exit code 134):",
    "  RuntimeError: weight shard 'model-00019-of-00030.safetensors' has shape [5120, 25600], expected [5120, 27648]",
    '    at load_shard ("/opt/cerebras/serving/weights/loader.py", line 412)',
    '    at bring_up_replica ("/opt/cerebras/serving/replica.py", line 188)',
    "Hint: check that the uploaded checkpoint matches the architecture, and upload a new version.",
  ].join("\n");
}

/** One line, as a quota check would put it. */
export const OUT_OF_CAPACITY =
  "Insufficient capacity: 2 additional systems requested, 0 available in region us-east";

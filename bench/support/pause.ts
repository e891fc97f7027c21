export function pause(milliseconds: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, milliseconds));
}

/** Waits until `isSo`, checking every 20 ms; throws after `patience` milliseconds. */
export async function until(isSo: () => boolean | Promise<boolean>, patience = 20_000): Promise<void> {
  const deadline = Date.now() + patience;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Not within ${patience} ms: ${isSo.toString()}`);
    await pause(20);
  }
}

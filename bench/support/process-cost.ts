import { readFile } from "node:fs/promises";

/** Linux counts CPU time in hundredths of a second. */
const millisecondsPerTick = 10;
const bytesPerPage = 4_096;
const bytesPerMegabyte = 1e6;

/** CPU time that a process has used, user and system, in milliseconds. */
export async function cpuTime(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick;
}

/** Resident memory of a process in MB. */
export async function residentMemory(pid: number): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, "utf8");
  return (Number(statm.split(" ")[1]) * bytesPerPage) / bytesPerMegabyte;
}

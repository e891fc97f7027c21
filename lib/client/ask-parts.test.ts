import { notifyManager, QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { askParts } from "./ask-parts";

const all = ["endpoint", "a", "part"];
const view = ["endpoint", "a", "view"];
let client: QueryClient;

beforeEach(() => {
  vi.useFakeTimers();
  client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
});

afterEach(() => {
  client.clear();
  vi.useRealTimers();
});

/** A part in sight that shows "old"; each call of `come` or `fail` answers the oldest open question. */
function inView(name: string) {
  const open: { resolve: (text: string) => void; reject: (error: Error) => void }[] = [];
  const queryKey = [...all, name];
  client.setQueryData(queryKey, "old");
  const queryFn = () => new Promise<string>((resolve, reject) => open.push({ resolve, reject }));
  const observer = new QueryObserver(client, { queryKey, queryFn });
  observer.subscribe(() => undefined);
  return {
    asked: () => open.length,
    come: () => open.shift()?.resolve("new"),
    fail: () => open.shift()?.reject(new Error("no answer")),
    shown: () => observer.getCurrentResult().data,
    error: () => observer.getCurrentResult().error?.message ?? null,
  };
}

const ask = () => askParts(client, all, new AbortController().signal);

test("no part changes before all have arrived, and then all change at once", async () => {
  const [one, two] = [inView("one"), inView("two")];
  client.setQueryData(view, "old");
  const asked = ask();
  one.come();
  await vi.advanceTimersByTimeAsync(100);
  expect([one.shown(), two.shown()]).toEqual(["old", "old"]);
  two.come();
  const show = await asked;
  expect([one.shown(), two.shown()]).toEqual(["old", "old"]);

  const seen: unknown[][] = [];
  // As useQuery listens.
  const look = notifyManager.batchCalls(() =>
    seen.push([client.getQueryData(view), one.shown(), two.shown()]),
  );
  new QueryObserver(client, { queryKey: [...all, "one"], enabled: false }).subscribe(look);
  new QueryObserver(client, { queryKey: view, enabled: false }).subscribe(look);
  show(() => client.setQueryData(view, "new"));
  await vi.advanceTimersByTimeAsync(0);
  expect(new Set(seen.map(String))).toEqual(new Set(["new,new,new"]));
});

test("a slow part is not waited for beyond two seconds, and is shown when it arrives", async () => {
  const [one, late] = [inView("one"), inView("late")];
  const asked = ask();
  one.come();
  await vi.advanceTimersByTimeAsync(2_000);
  (await asked)(() => undefined);
  expect([one.shown(), late.shown()]).toEqual(["new", "old"]);
  late.come();
  await vi.advanceTimersByTimeAsync(0);
  expect(late.shown()).toBe("new");
});

test("an answer that arrives after a newer one is dropped", async () => {
  const late = inView("late");
  const asked = ask();
  await vi.advanceTimersByTimeAsync(2_000);
  (await asked)(() => undefined);
  client.setQueryData([...all, "late"], "newer");
  late.come();
  await vi.advanceTimersByTimeAsync(0);
  expect(late.shown()).toBe("newer");
});

test("a part that fails delays nothing, is requested once more, and then has the error", async () => {
  const [one, broken] = [inView("one"), inView("broken")];
  const asked = ask();
  one.come();
  broken.fail();
  (await asked)(() => undefined);
  expect([one.shown(), broken.shown()]).toEqual(["new", "old"]);
  expect(broken.asked()).toBe(1);
  broken.fail();
  await vi.advanceTimersByTimeAsync(0);
  expect(broken.error()).toBe("no answer");
  expect(broken.asked()).toBe(0);
});

test("a query that is not mounted is not requested, but is stale when it is next used", async () => {
  client.setQueryData([...all, "folded"], "old");
  (await ask())(() => undefined);
  expect(client.getQueryState([...all, "folded"])?.isInvalidated).toBe(true);
});

test("a part that the page will show for the first time is waited for, and not fetched again", async () => {
  const one = inView("one");
  const fresh = [...all, "fresh"];
  let come: (text: string) => void = () => undefined;
  let asked = 0;
  const query = {
    queryKey: fresh,
    queryFn: () => new Promise<string>((resolve) => ((come = resolve), (asked += 1))),
  };
  const asking = askParts(client, all, new AbortController().signal, [
    { queryKey: fresh, fetch: (of) => of.query(query) },
  ]);
  let isHeld = true;
  void asking.then(() => (isHeld = false));
  one.come();
  await vi.advanceTimersByTimeAsync(100);
  expect(isHeld).toBe(true);
  come("new");
  await vi.advanceTimersByTimeAsync(0);
  (await asking)(() => undefined);
  const observer = new QueryObserver(client, query);
  observer.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(0);
  expect([observer.getCurrentResult().data, asked]).toEqual(["new", 1]);
});

test("while the server is slow, each part has one request under way", async () => {
  let open = 0;
  let answers = 0;
  const queryKey = [...all, "slow"];
  client.setQueryData(queryKey, "old");
  const queryFn = () => {
    open += 1;
    return new Promise<string>((resolve, reject) => {
      setTimeout(() => {
        open -= 1;
        answers += 1;
        // The first as from a server whose database does not answer.
        if (answers === 1) reject(new Error("no answer"));
        else resolve(`answer ${answers}`);
      }, 5_000);
    });
  };
  const observer = new QueryObserver(client, { queryKey, queryFn });
  observer.subscribe(() => undefined);
  for (let poll = 0; poll < 8; poll += 1) {
    const asked = ask();
    await vi.advanceTimersByTimeAsync(2_000);
    (await asked)(() => undefined);
    await vi.advanceTimersByTimeAsync(500);
    expect(open).toBeLessThanOrEqual(1);
  }
  await vi.advanceTimersByTimeAsync(10_000);
  // What was recorded after the last poll is shown in the end.
  expect(observer.getCurrentResult()).toMatchObject({ data: `answer ${answers}`, status: "success" });
  expect(open).toBe(0);
});

import { describe, expect, it } from "vitest";

import { createPictures } from "./pictures";

const picture = new ArrayBuffer(8);

describe("pictures", () => {
  it("are drawn once for all who ask, and one at a time", async () => {
    const pictures = createPictures();
    let [drawn, atOnce, most] = [0, 0, 0];
    const draw = async () => {
      drawn += 1;
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
      return picture;
    };
    const keys = Array.from({ length: 100 }, (_, index) => `endpoint ${index % 5}`);
    const all = await Promise.all(keys.map((key) => pictures.get(key, draw)));
    expect([drawn, most, all.length]).toEqual([5, 1, 100]);
    await pictures.get("endpoint 1, seen later", draw);
    expect(drawn).toBe(6);
  });

  it("that could not be drawn are drawn again", async () => {
    const pictures = createPictures();
    await expect(pictures.get("a", () => Promise.reject(new Error("no font")))).rejects.toThrow("no font");
    expect(await pictures.get("a", () => Promise.resolve(picture))).toBe(picture);
  });
});

import { expect, it } from "vitest";
import { VirtualClock } from "./clock";

const START = 1_800_000_000_000;

function handClock(speed: number) {
  let real = START;
  const clock = new VirtualClock(() => real, speed);
  return { clock, wait: (ms: number) => (real += ms) };
}

it("runs at its speed, and changes speed without jumping", () => {
  const { clock, wait } = handClock(10);
  wait(500);
  expect(clock.now()).toBe(5000);
  clock.setSpeed(1);
  expect(clock.now()).toBe(5000);
  wait(500);
  expect(clock.now()).toBe(5500);
});

it("stands still while paused, and can be stepped then", () => {
  const { clock, wait } = handClock(2);
  clock.setPaused(true);
  wait(1000);
  clock.advance(300);
  expect(clock.now()).toBe(300);
  clock.setSpeed(5);
  wait(1000);
  expect(clock.now()).toBe(300);
  clock.setPaused(false);
  wait(100);
  expect(clock.now()).toBe(800);
});

it("knows when a virtual instant was reached: before the start, running, jumped over, after a pause", () => {
  const { clock, wait } = handClock(10);
  wait(100); // virtual 1000
  clock.advance(5000); // virtual 6000
  clock.setPaused(true);
  wait(1000);
  clock.setPaused(false);
  wait(100); // virtual 7000
  expect(clock.realAt(-60_000)).toBe(START - 60_000);
  expect(clock.realAt(0)).toBe(START);
  expect(clock.realAt(501)).toBe(START + 51);
  expect(clock.realAt(1000)).toBe(START + 100);
  expect(clock.realAt(1001)).toBe(START + 100);
  expect(clock.realAt(6000)).toBe(START + 100);
  expect(clock.realAt(6010)).toBe(START + 1101);
});

/** Restarts never overlap, and a dozen asked for at once are two. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { RestartQueue } from "../src/pure/queue.ts";

class Work {
  runs = 0;
  atOnce = 0;
  most = 0;
  private readonly ends: (() => void)[] = [];

  readonly run = async (): Promise<void> => {
    this.runs++;
    this.most = Math.max(this.most, ++this.atOnce);
    await new Promise<void>((resolve) => this.ends.push(resolve));
    this.atOnce--;
  };

  async finish(): Promise<void> {
    this.ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("what is asked for while one runs becomes one more", async () => {
  const work = new Work();
  const queue = new RestartQueue(work.run);
  const asked = Array.from({ length: 12 }, () => queue.ask());
  await work.finish();
  await work.finish();
  await Promise.all(asked);
  assert.equal(work.runs, 2);
  assert.equal(work.most, 1);
});

test("an asker waits for a start that began after it asked", async () => {
  const work = new Work();
  const queue = new RestartQueue(work.run);
  void queue.ask();
  let done = false;
  const second = queue.ask().then(() => {
    done = true;
  });
  await work.finish();
  assert.equal(done, false);
  await work.finish();
  await second;
});

test("a failed start does not stop the next", async () => {
  let runs = 0;
  const queue = new RestartQueue(async () => {
    await Promise.resolve();
    if (++runs === 1) throw new Error("broken");
  });
  const [first, second] = [queue.ask(), queue.ask()];
  await assert.rejects(first, /broken/);
  await second;
  assert.equal(runs, 2);
});

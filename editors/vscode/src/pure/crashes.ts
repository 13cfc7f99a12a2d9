/** When to start a server again that has ended by itself: at once, then later and later, then not. */

const DELAYS_MS = [1_000, 4_000, 15_000] as const;
// A server that ran for so long was not broken by its start.
const FORGOTTEN_AFTER_MS = 5 * 60_000;

export class CrashPolicy {
  private crashes: number[] = [];

  /** The milliseconds to wait before the next start, undefined to give up. `now` is a clock. */
  next(now: number): number | undefined {
    this.crashes = this.crashes.filter((then) => now - then < FORGOTTEN_AFTER_MS);
    const delay = DELAYS_MS[this.crashes.length];
    this.crashes.push(now);
    return delay;
  }

  /** Forget all crashes: somebody asked for a start. */
  reset(): void {
    this.crashes = [];
  }
}

/** One thing at a time: restarts that are asked for while one is under way become one more. */

export class RestartQueue {
  private readonly work: () => Promise<void>;
  private current: Promise<void> | undefined;
  private following: Promise<void> | undefined;

  /** `work` handles its own errors: what it throws goes to whoever asked. */
  constructor(work: () => Promise<void>) {
    this.work = work;
  }

  /** Do the work, after what is under way; the promise is kept when it is done. */
  ask(): Promise<void> {
    if (!this.current) return this.start();
    this.following ??= this.current
      .catch(() => undefined)
      .then(() => {
        this.following = undefined;
        return this.start();
      });
    return this.following;
  }

  private start(): Promise<void> {
    const run = this.work().finally(() => {
      if (this.current === run) this.current = undefined;
    });
    this.current = run;
    return run;
  }
}

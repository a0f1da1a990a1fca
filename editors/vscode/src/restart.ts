// Whether a server that ended is started again.

/** At most `times` starts within `span` milliseconds; one more, and the user is told instead. */
export class RestartPolicy {
  private ends: number[] = [];

  constructor(
    private readonly times = 4,
    private readonly span = 3 * 60 * 1000,
  ) {}

  /** Told that the server ended at `now`: whether to start it again. */
  again(now: number): boolean {
    this.ends = this.ends.filter(end => now - end < this.span);
    this.ends.push(now);
    return this.ends.length <= this.times;
  }

  /** What the user is told when it is not started again. */
  get message(): string {
    return (
      `The language server ended ${this.ends.length} times within a few minutes and is not started again. ` +
      `Run "elig: Restart the language server" to try once more.`
    );
  }
}

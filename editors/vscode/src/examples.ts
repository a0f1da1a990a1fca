// The command behind the lens above an example.

export const RUN_EXAMPLE = "eligc.runExample";

/** What the server answers. */
export interface ExampleResult {
  readonly passed: boolean;
  readonly message: string;
  readonly lines: readonly string[];
}

export function isExampleResult(value: unknown): value is ExampleResult {
  const result = value as Partial<ExampleResult> | null;
  return typeof result?.passed === "boolean" && typeof result.message === "string" && Array.isArray(result.lines);
}

/** Lines for the output of a run, its message first. */
export function report(result: ExampleResult): string[] {
  return [`${result.passed ? "passed" : "failed"}: ${result.message}`, ...result.lines.map(line => `  ${line}`)];
}

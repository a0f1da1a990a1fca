// What a task of type `eligc` runs.

export const TASK_TYPE = "eligc";

export interface TaskDefinition {
  readonly type: string;
  readonly command?: string;
  readonly file?: string;
}

/** The arguments for the compiler; nothing when the definition asks for what it cannot do. */
export function taskArguments(definition: TaskDefinition): string[] | undefined {
  const file = definition.file ?? "${file}";
  switch (definition.command) {
    case "check":
      return ["check", "--format", "short", file];
    case "test":
      return ["test", file];
    default:
      return undefined;
  }
}

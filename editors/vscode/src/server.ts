// Where the compiler is, and what to say when it is nowhere.

import * as fs from "node:fs";
import * as path from "node:path";

export interface Found {
  readonly command: string;
}

export interface Missing {
  readonly message: string;
}

/** The compiler that `setting` names, or the first on the PATH. */
export function findServer(
  setting: string,
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Found | Missing {
  const wanted = setting.trim();
  if (wanted !== "") {
    return isProgram(wanted)
      ? { command: wanted }
      : { message: `There is no program at ${wanted}, where the setting eligc.path points.` };
  }
  const names = platform === "win32" ? ["eligc.exe", "eligc.cmd"] : ["eligc"];
  for (const folder of (environment["PATH"] ?? environment["Path"] ?? "").split(path.delimiter)) {
    for (const name of names) {
      const candidate = path.join(folder, name);
      if (folder !== "" && isProgram(candidate)) {
        return { command: candidate };
      }
    }
  }
  return {
    message:
      "The program eligc was not found. Install it, or say where it is in the setting eligc.path. " +
      "Colours and snippets work without it; mistakes, hover and formatting do not.",
  };
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

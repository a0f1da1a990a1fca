// What the client tells the server and the editor; nothing here needs VS Code, so tests use the very same.

export const LANGUAGE = "elig";

/** The arguments that make the compiler a language server. */
export const SERVER_ARGUMENTS: readonly string[] = ["lsp"];

/** Saved files, and ones that are not saved yet. */
export const DOCUMENT_SELECTOR = [
  { scheme: "file", language: LANGUAGE },
  { scheme: "untitled", language: LANGUAGE },
];

/** Settings the server knows. */
export interface ServerSettings {
  readonly inlayHints: boolean;
  readonly codeLens: boolean;
  readonly deny: readonly string[];
  readonly allow: readonly string[];
}

/** The server's settings, from the editor's; what has the wrong shape is left at its default. */
export function serverSettings(read: (name: string) => unknown): ServerSettings {
  const words = (name: string): string[] => {
    const value = read(name);
    return Array.isArray(value) ? value.filter((word): word is string => typeof word === "string") : [];
  };
  return {
    inlayHints: read("inlayHints") !== false,
    codeLens: read("codeLens") !== false,
    deny: words("deny"),
    allow: words("allow"),
  };
}

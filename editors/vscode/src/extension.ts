// The edge to VS Code: starts the server, and puts commands and tasks where the user finds them.

import { execFile } from "node:child_process";
import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn, Trace } from "vscode-languageclient/node";
import { RUN_EXAMPLE, isExampleResult, report } from "./examples";
import { DOCUMENT_SELECTOR, LANGUAGE, SERVER_ARGUMENTS, serverSettings } from "./options";
import { RestartPolicy } from "./restart";
import { findServer } from "./server";
import { TASK_TYPE, TaskDefinition, taskArguments } from "./tasks";

let client: LanguageClient | undefined;
let output: vscode.OutputChannel;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  output = vscode.window.createOutputChannel("elig");
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand("eligc.restart", restart),
    vscode.commands.registerCommand("eligc.showOutput", () => output.show()),
    vscode.commands.registerCommand("eligc.showTree", showTree),
    vscode.workspace.registerTextDocumentContentProvider("eligc-tree", { provideTextDocumentContent: compiledTree }),
    vscode.tasks.registerTaskProvider(TASK_TYPE, { provideTasks, resolveTask }),
    vscode.workspace.onDidChangeConfiguration(async event => {
      if (event.affectsConfiguration("eligc.path")) {
        await restart();
      } else if (event.affectsConfiguration("eligc.trace")) {
        await client?.setTrace(trace());
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await stop();
}

function setting(name: string): unknown {
  return vscode.workspace.getConfiguration("eligc").get(name);
}

function trace(): Trace {
  return Trace.fromString(String(setting("trace.server") ?? "off"));
}

function server(): string | undefined {
  const found = findServer(String(setting("path") ?? ""), process.env);
  if ("command" in found) {
    return found.command;
  }
  const settings = "Open settings";
  void vscode.window.showErrorMessage(found.message, settings).then(chosen => {
    if (chosen === settings) {
      void vscode.commands.executeCommand("workbench.action.openSettings", "eligc.path");
    }
  });
  return undefined;
}

async function start(): Promise<void> {
  const command = server();
  if (command === undefined) {
    return;
  }
  const policy = new RestartPolicy();
  client = new LanguageClient(
    "eligc",
    "elig",
    { command, args: [...SERVER_ARGUMENTS] },
    {
      documentSelector: DOCUMENT_SELECTOR,
      initializationOptions: serverSettings(setting),
      synchronize: { configurationSection: "eligc" },
      outputChannel: output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue }),
        closed: () =>
          policy.again(Date.now())
            ? { action: CloseAction.Restart }
            : { action: CloseAction.DoNotRestart, message: policy.message },
      },
      middleware: {
        executeCommand: async (name, args, next) => {
          const result: unknown = await next(name, args);
          if (name === RUN_EXAMPLE && isExampleResult(result)) {
            report(result).forEach(line => output.appendLine(line));
            if (!result.passed) {
              output.show(true);
            }
          }
          return result;
        },
      },
    },
  );
  await client.setTrace(trace());
  try {
    await client.start();
  } catch (error) {
    void vscode.window.showErrorMessage(`The language server at ${command} could not be started: ${String(error)}`);
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.dispose();
}

async function restart(): Promise<void> {
  await stop();
  await start();
}

async function showTree(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== LANGUAGE || document.isUntitled || !(await document.save())) {
    void vscode.window.showInformationMessage("Open an .elig file that is saved, then ask for its tree.");
    return;
  }
  const uri = document.uri.with({ scheme: "eligc-tree", path: `${document.uri.path}.json` });
  const tree = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(tree, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

function compiledTree(uri: vscode.Uri): Promise<string> {
  const file = uri.with({ scheme: "file", path: uri.path.replace(/\.json$/, "") }).fsPath;
  const command = server();
  return new Promise(resolve => {
    if (command === undefined) {
      resolve("");
      return;
    }
    execFile(command, ["compile", file], { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve(error === null ? stdout : stderr);
    });
  });
}

function provideTasks(): vscode.Task[] {
  return ["check", "test"].flatMap(command => task({ type: TASK_TYPE, command }, command) ?? []);
}

function resolveTask(found: vscode.Task): vscode.Task | undefined {
  return task(found.definition, found.name);
}

function task(definition: TaskDefinition, name: string): vscode.Task | undefined {
  const args = taskArguments(definition);
  const command = args === undefined ? undefined : server();
  if (args === undefined || command === undefined) {
    return undefined;
  }
  const execution = new vscode.ProcessExecution(command, args);
  return new vscode.Task(definition, vscode.TaskScope.Workspace, name, "eligc", execution, "$eligc");
}

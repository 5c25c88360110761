import * as vscode from 'vscode';

/**
 * Does what `npm start` asks for through the environment: HINTERNET_PLAYGROUND=1 starts the playground and shows the graph,
 * HINTERNET_START_URL opens a URL.
 */
export function runStartRequest(environment: NodeJS.ProcessEnv): void {
  const { HINTERNET_PLAYGROUND: playground, HINTERNET_START_URL: url } = environment;
  if (playground !== '1' && url === undefined) return;
  startFrom(playground === '1', url).catch((error: unknown) => {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  });
}

async function startFrom(playground: boolean, url: string | undefined): Promise<void> {
  await vscode.commands.executeCommand('hinternet.handles.focus');
  if (playground) await vscode.commands.executeCommand('hinternet.startPlayground');
  await vscode.commands.executeCommand('hinternet.showGraph');
  if (url !== undefined) await vscode.commands.executeCommand('hinternet.openUrl', { url });
}

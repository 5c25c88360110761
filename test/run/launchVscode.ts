// A process of its own, `node launchVscode.ts TEST-ENTRY WORKSPACE`, because @vscode/test-electron writes to the console by itself.
// VSCODE_DESKTOP=1 takes the desktop VS Code on Linux too; VSCODE_VERSION chooses its version.
import path from 'node:path';
import { runTests } from '@vscode/test-electron';

const root = path.resolve(import.meta.dirname, '../..');
const [extensionTestsPath = '', workspace = ''] = process.argv.slice(2);
const desktop = process.env.VSCODE_DESKTOP === '1' || process.platform !== 'linux';

try {
  process.exitCode = await runTests({
    ...(desktop ? {} : { vscodeExecutablePath: path.join(root, 'test/vscode/host/shim.ts') }),
    ...(process.env.VSCODE_VERSION ? { version: process.env.VSCODE_VERSION } : {}),
    extensionDevelopmentPath: root,
    extensionTestsPath,
    launchArgs: [workspace, '--disable-extensions'],
    extensionTestsEnv: { HINTERNET_TEST_RESULTS: process.env.HINTERNET_TEST_RESULTS },
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

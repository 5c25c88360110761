// Runs VS Code's server, `node serverProcess.mjs SERVER-MAIN [ARGUMENT...]`, and ends it with its extension hosts as soon as the other
// end of stdin closes: however the starter dies, nothing of the server outlives it.
import { pathToFileURL } from 'node:url';

process.stdin.on('close', () => process.kill(-process.pid, 'SIGKILL')); // the starter made this process a group leader
process.stdin.resume();

process.argv.splice(1, 1);
await import(pathToFileURL(process.argv[1]).href);

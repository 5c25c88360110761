/** Shows one line of progress. */
export type Say = (line: string) => void;
export function npmInstall(directory: string, say: Say): Promise<void>;
/** Runs npm in a folder; resolves with what it printed, rejects with it when it fails. */
export function runNpm(args: readonly string[], cwd: string): Promise<string>;

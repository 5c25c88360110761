/** Shows one line of progress. */
export type Say = (line: string) => void;
export function npmInstall(directory: string, say: Say): Promise<void>;

/** Packs what is in dist/ for programs in plain Node, as npm takes it, into a folder; resolves with the file's path, rejects with npm's words. */
export function packForNpm(folder: string): Promise<string>;

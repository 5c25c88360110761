/** Builds for production and packs hinternet-explorer.vsix in the repository's root; resolves with its path, rejects with vsce's words. */
export function packageExtension(): Promise<string>;
/** The files that would be packed, as paths relative to the root, in order. */
export function packagedFiles(): string[];

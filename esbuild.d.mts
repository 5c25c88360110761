import type { BuildOptions as EsbuildOptions } from 'esbuild';

/** What `build` makes. */
export interface BuildOptions {
  /** True: small and without source maps, as shipped. False: readable, with source maps. */
  readonly production?: boolean;
  /** True: also writes a dist/meta-NAME.json for each bundle, which says what it consists of. */
  readonly metafile?: boolean;
}

/** Builds the extension host's bundle, the webview's, the library with its types and the command line program into dist/; rejects when a source does not compile. */
export function build(options?: BuildOptions): Promise<void>;

/** What esbuild is told for each bundle. */
export function settings(options: BuildOptions): {
  readonly extension: EsbuildOptions;
  readonly webview: EsbuildOptions;
  readonly libraryModule: EsbuildOptions;
  readonly libraryCommonJs: EsbuildOptions;
  readonly cli: EsbuildOptions;
};

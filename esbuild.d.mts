import type { BuildOptions as EsbuildOptions } from 'esbuild';

/** What `build` makes. */
export interface BuildOptions {
  /** True: small and without source maps, as shipped. False: readable, with source maps. */
  readonly production?: boolean;
  /** True: also writes dist/meta-extension.json and dist/meta-webview.json, which say what the bundles consist of. */
  readonly metafile?: boolean;
}

/** Builds the extension host's bundle and the webview's into dist/; rejects when a source does not compile. */
export function build(options?: BuildOptions): Promise<void>;

/** What esbuild is told for each bundle. */
export function settings(options: BuildOptions): {
  readonly extension: EsbuildOptions;
  readonly webview: EsbuildOptions;
};

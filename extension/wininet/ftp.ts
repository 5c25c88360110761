import type { FunctionName } from '../shared/hierarchy.ts';
import type { Engine } from './engine.ts';
import { ftpCopyFunctions } from './ftpCopyFunctions.ts';
import { ftpFileFunctions } from './ftpFileFunctions.ts';
import { ftpNameFunctions } from './ftpNameFunctions.ts';
import { ftpSearchFunctions } from './ftpSearchFunctions.ts';

/** The FTP functions of one engine. */
export function ftpFunctions(engine: Engine) {
  return {
    ...ftpNameFunctions(engine),
    ...ftpSearchFunctions(engine),
    ...ftpFileFunctions(engine),
    ...ftpCopyFunctions(engine),
  } satisfies Partial<Record<FunctionName, unknown>>;
}

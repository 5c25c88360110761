import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Location, PhysicalLocation } from 'sarif';
import { parseSite, type SitePlace } from '../shared/callSite.ts';
import type { Diagnosis } from '../shared/diagnoses/diagnosis.ts';
import { filePath, pathBelow } from './places.ts';

/** The base of relative addresses; code scanning takes this name for the root of the repository. */
export const ROOT = '%SRCROOT%';

/** What of a finding tells where it is. */
export interface Placed {
  readonly diagnosis: Pick<Diagnosis, 'site' | 'madeAt' | 'closedAt' | 'heldAt'>;
}

/** Places of results, relative to the root where they are below it. */
export class SarifPlaces {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** Where the program made the call; the trace where the journal does not know: code scanning wants a place. */
  of({ diagnosis: { site } }: Placed, trace: string): Location {
    const place = parseSite(site);
    const physicalLocation = place === null ? this.file(path.resolve(trace)) : this.#in(place);
    return { physicalLocation };
  }

  /** Where the program made the handle, closed it, and made the one that keeps it busy, as far as that is known and not the place itself. */
  related({ diagnosis: { site, madeAt, closedAt, heldAt } }: Placed): Location[] {
    const places = [
      [madeAt, 'The handle was made here.'],
      [closedAt, 'The handle was closed here.'],
      [heldAt, 'The handle that keeps the session busy was made here.'],
    ] as const;
    return places.flatMap(([at, text]) => {
      const place = at === site ? null : parseSite(at);
      return place === null ? [] : [{ physicalLocation: this.#in(place), message: { text } }];
    });
  }

  #in({ file, line, column }: SitePlace): PhysicalLocation {
    return { ...this.file(filePath(file)), region: { startLine: line, startColumn: column } };
  }

  file(file: string): PhysicalLocation {
    const below = pathBelow(this.#root, file);
    if (below !== null) {
      const uri = below.split(path.sep).map(encodeURIComponent).join('/');
      return { artifactLocation: { uri, uriBaseId: ROOT } };
    }
    return { artifactLocation: { uri: path.isAbsolute(file) ? pathToFileURL(file).href : encodeURI(file) } };
  }
}

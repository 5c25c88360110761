import * as l10n from '@vscode/l10n';
import type { ErrorSymbol } from '../extension/shared/errorCodes.ts';
import type { FunctionName } from '../extension/shared/hierarchy.ts';
import type { LessonPage } from '../extension/shared/lessonPage.ts';
import type { Announcer } from './announcer.ts';
import type { Host } from './host.ts';

/** What activating a function means: a call, or the answer to a lesson's question. */
export interface Calling {
  /** @param refusal the error that the call would give now; undefined where it is legal */
  call(serial: number, fn: FunctionName, refusal: ErrorSymbol | undefined): void;
  /** A handle was picked. */
  picked(serial: number): void;
}

/** What decides about it. */
export interface CallingParts {
  readonly host: Pick<Host, 'post'>;
  readonly announcer: Pick<Announcer, 'say'>;
  readonly lesson: { readonly page: LessonPage | null };
  /** Why nothing can be called at all, in one sentence; null where it can. */
  barred(): string | null;
}

/** Sends calls to the host, and what answers a question to the lesson. */
export function createCalling({ host, announcer, lesson, barred }: CallingParts): Calling {
  return {
    call(serial, fn, refusal) {
      if (lesson.page?.asks === 'function') {
        host.post({ type: 'lessonAnswer', serial, fn });
        return;
      }
      const why = barred();
      if (why !== null) announcer.say(why);
      else if (refusal === undefined) host.post({ type: 'call', serial, fn });
      else announcer.say(l10n.t('{0} is not legal now: {1}', fn, refusal));
    },
    picked(serial) {
      if (lesson.page?.asks === 'handle') host.post({ type: 'lessonAnswer', serial, fn: null });
    },
  };
}

import { Callbacks } from './callbacks.ts';
import { CloseInCallback } from './closeInCallback.ts';
import { ConnectionLimit } from './connectionLimit.ts';
import { LastErrorLost } from './lastErrorLost.ts';
import { LeaksAtExit } from './leaksAtExit.ts';
import { LeaksByAge } from './leaksByAge.ts';
import { LeaksSinceMark } from './leaksSinceMark.ts';
import { LeaksUnderParent } from './leaksUnderParent.ts';
import { ReadStoppedEarly } from './readStoppedEarly.ts';
import { RefusedCalls } from './refusedCalls.ts';
import type { Rule } from './rule.ts';
import { StatusNotChecked } from './statusNotChecked.ts';
import { Uploads } from './uploads.ts';

/** Every rule, new: each keeps what it has seen of one journal. */
export function newRules(): readonly Rule[] {
  return [
    new RefusedCalls(),
    new CloseInCallback(),
    new Callbacks(),
    new ReadStoppedEarly(),
    new StatusNotChecked(),
    new Uploads(),
    new ConnectionLimit(),
    new LastErrorLost(),
    new LeaksUnderParent(),
    new LeaksByAge(),
    new LeaksSinceMark(),
    new LeaksAtExit(),
  ];
}

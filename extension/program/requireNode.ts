import { nodeIsTooOld } from '../shared/nodeVersion.ts';

/** To be imported first: what comes behind it does not load on an older Node, and would say so in riddles. */

const tooOld = nodeIsTooOld(process.versions.node);
if (tooOld !== null) throw new Error(tooOld);

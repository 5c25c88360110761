// `npm run diagrams [-- DIR]`: writes the seven diagrams as SVG and JSON, to media/diagrams if no folder is named; without one
// also the handle reference, media/handles.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { diagramFiles } from './diagramFiles.ts';
import { handleReference } from './handleReference.ts';

const media = path.resolve(import.meta.dirname, '../../media');
const [named] = process.argv.slice(2);
const folder = named === undefined ? path.join(media, 'diagrams') : path.resolve(named);

mkdirSync(folder, { recursive: true });
for (const [name, text] of diagramFiles()) writeFileSync(path.join(folder, name), text);
if (named === undefined) writeFileSync(path.join(media, 'handles.md'), handleReference());
console.log(`${diagramFiles().size} files in ${folder}`);

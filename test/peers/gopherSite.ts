import { contentFiles } from './content.ts';
import { makeFolder, writeScratch } from './scratch.ts';

/** Writes the content files, and `gophermap` menus that lead to them, into `folder/site`; returns that folder. */
export function writeGopherSite(folder: string): string {
  const site = makeFolder(folder, 'site');
  for (const [name, bytes] of Object.entries(contentFiles)) {
    writeScratch(site, name, bytes);
  }
  writeScratch(site, 'dots.txt', 'A line.\n.\n.dotted line\n..\nThe last line.\n');
  writeScratch(site, 'nested/gophermap', 'Below the root\n1Deeper\tdeep\n');
  writeScratch(
    site,
    'gophermap',
    [
      'Welcome to a Gopher peer.',
      '0Hello\thello.txt',
      '0Lines of dots\tdots.txt',
      '9Every byte\tbytes.bin',
      'hA page\tpage.html',
      '1Further down\tnested',
      'hElsewhere\tURL:http://127.0.0.1/',
      '',
    ].join('\n'),
  );
  return site;
}

import * as l10n from '@vscode/l10n';
import { formatBytes } from '../extension/shared/format.ts';
import type { Lane } from './timelineModel.ts';

/** How far a body was read, and by which reads. */
export interface ReadRuler {
  /** Where each read ended, in bytes from the start of the body. */
  readonly offsets: readonly number[];
  /** Bytes read. */
  readonly read: number;
  /** Size of the body; null where nobody told. */
  readonly size: number | null;
  /** Reading is over, and this many bytes before the end. */
  readonly gap: number;
}

/** The reads of a lane up to an entry; undefined where there are none. `ended`: nothing more will be read. */
export function readRuler(lane: Lane, parent: Lane | undefined, seq: number, ended: boolean): ReadRuler | undefined {
  const offsets: number[] = [];
  let read = lane.readBefore;
  for (const mark of lane.bytes) {
    if (mark.seq > seq) break;
    if (mark.direction !== 'in') continue;
    read += mark.count;
    offsets.push(read);
  }
  if (read === 0) return undefined;
  const size = sizeOf(lane, parent, seq);
  const known = size !== null && size >= read ? size : null;
  return { offsets, read, size: known, gap: ended && known !== null ? known - read : 0 };
}

/** The ruler in words. */
export function rulerSentence({ offsets, read, size, gap }: ReadRuler): string {
  const reads = offsets.length === 1 ? l10n.t('1 read') : l10n.t('{0} reads', offsets.length);
  if (size === null) return l10n.t('{0} so far in {1}; the size is not known', formatBytes(read), reads);
  if (gap > 0)
    return l10n.t('{0} of {1} in {2}; {3} never read', formatBytes(read), formatBytes(size), reads, formatBytes(gap));
  return l10n.t('{0} of {1} in {2}', formatBytes(read), formatBytes(size), reads);
}

/** What the server announced: Content-Length, or the size in FTP's replies (RFC 959 leaves it to servers, RFC 3659 has SIZE). */
function sizeOf(lane: Lane, parent: Lane | undefined, seq: number): number | null {
  const heads = lane.wires.filter((wire) => wire.seq <= seq && wire.direction === 'in');
  const head = heads.findLast(({ text }) => /^HTTP\/\S+ [2-9]/.test(text));
  if (head !== undefined) {
    // An encoded body is read decoded: its length on the wire says nothing about the reads.
    if (/^(content|transfer)-encoding:(?!\s*identity)/im.test(head.text)) return null;
    return numberIn(/^content-length:\s*(\d+)/im.exec(head.text));
  }
  const replies = (parent?.wires ?? lane.wires).filter(
    (wire) => wire.direction === 'in' && wire.seq <= seq && (parent === undefined || wire.t <= lane.openedAt),
  );
  for (const { text } of replies.toReversed().slice(0, 12)) {
    const size = numberIn(/^(?:150|125)\b.*\((\d+) bytes\)/i.exec(text) ?? /^213 (\d+)\s*$/.exec(text));
    if (size !== null) return size;
  }
  return null;
}

function numberIn(match: RegExpExecArray | null): number | null {
  return match?.[1] === undefined ? null : Number(match[1]);
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DIAGRAM_BOX, layoutDiagram, type PlacedBox } from '../../extension/shared/diagramLayout.ts';
import { diagramSvg } from '../../extension/shared/diagramSvg.ts';
import { diagramBoxes } from '../../extension/shared/diagrams.ts';
import {
  DIAGRAMS,
  type DiagramName,
  functionNames,
  functionRow,
  takesAnyHandle,
} from '../../extension/shared/hierarchy.ts';

/** The printed pictures: their size in pixels, and from which side of which box a bracket leads to which others. */
const PRINTED: Readonly<Record<DiagramName, { readonly size: readonly [number, number]; readonly brackets: string }>> =
  {
    'ax-wnt01': { size: [357, 223], brackets: 'InternetConnect right 5' },
    'ax-wnt02': { size: [175, 140], brackets: 'InternetOpenUrl right 3' },
    'ax-wnt06': { size: [174, 281], brackets: 'InternetConnect right 8' },
    'ax-wnt03': { size: [365, 183], brackets: 'FtpOpenFile left 3, FtpFindFirstFile right 1' },
    'ax-wnt05': { size: [177, 230], brackets: 'HttpOpenRequest left 5' },
    'ax-wnt07': { size: [177, 202], brackets: 'HttpSendRequest left 3' },
    'ax-wnt08': { size: [185, 287], brackets: 'HttpSendRequestEx left 3, HttpEndRequest right 3' },
  };

/** What the page leaves out, as read in the pages of the functions. */
const LEFT_OUT: Readonly<Record<DiagramName, readonly string[]>> = {
  'ax-wnt01': ['FtpCommand'],
  'ax-wnt02': ['InternetFindNextFile', 'HttpQueryInfo', 'InternetReadFileEx', 'InternetLockRequestFile'],
  'ax-wnt06': ['FtpOpenFile', 'FtpFindFirstFile', 'FtpCommand'],
  'ax-wnt03': ['FtpGetFileSize', 'InternetLockRequestFile'],
  'ax-wnt05': [],
  'ax-wnt07': ['HttpQueryInfo', 'InternetReadFileEx', 'InternetErrorDlg', 'InternetLockRequestFile'],
  'ax-wnt08': ['HttpQueryInfo', 'InternetErrorDlg', 'InternetLockRequestFile'],
};

test('diagramBoxes adds to the complete reading what the page leaves out, and changes nothing that it prints', () => {
  for (const name of DIAGRAMS) {
    const [printed, complete] = [diagramBoxes(name, 'printed'), diagramBoxes(name, 'complete')];
    assert.deepEqual(
      complete.filter(({ omitted }) => !omitted),
      printed,
      name,
    );
    const added = complete.filter(({ omitted }) => omitted);
    for (const fn of LEFT_OUT[name])
      assert.ok(
        added.some((box) => box.fn === fn),
        `${name} lacks ${fn}`,
      );
    assert.equal(new Set(complete.map(({ fn }) => fn)).size, complete.length, `${name} has no function twice`);
    for (const { fn, shaded } of added) assert.equal(shaded, functionRow(fn).returns !== undefined, `${name} ${fn}`);
  }
});

test('takesAnyHandle is true of what every handle takes, and no diagram draws', () => {
  const names = functionNames.filter(takesAnyHandle);
  for (const fn of [
    'InternetCloseHandle',
    'InternetQueryOption',
    'InternetSetOption',
    'InternetSetStatusCallback',
  ] as const) {
    assert.ok(names.includes(fn), fn);
  }
  for (const name of DIAGRAMS) {
    assert.deepEqual(
      diagramBoxes(name, 'complete').filter(({ fn }) => names.includes(fn)),
      [],
      name,
    );
  }
});

test('layoutDiagram has the size of the printed pictures, within three pixels', () => {
  for (const name of DIAGRAMS) {
    const { width, height } = layoutDiagram(name, 'printed');
    const [wide, tall] = PRINTED[name].size;
    assert.ok(Math.abs(width - wide) <= 3 && Math.abs(height - tall) <= 3, `${name} is ${width} x ${height}`);
  }
});

test('layoutDiagram has each bracket on the side on which it is printed', () => {
  for (const name of DIAGRAMS) {
    const { boxes, lines } = layoutDiagram(name, 'printed');
    const brackets = boxes.flatMap((holder) => {
      const followers = boxes.filter(({ parent }) => parent === holder.fn);
      const side = (['left', 'right'] as const).find((one) =>
        lines.some(({ points: [from, to] }) => isStub(from, to, edgeOf(holder, one), middleOf(holder), one)),
      );
      return side === undefined ? [] : [`${holder.fn} ${side} ${followers.length}`];
    });
    assert.equal(brackets.join(', '), PRINTED[name].brackets, name);
  }
});

test('layoutDiagram lets no two boxes touch, and a line end at every box but the one on top', () => {
  for (const name of DIAGRAMS) {
    for (const reading of ['printed', 'complete'] as const) {
      const { boxes, lines } = layoutDiagram(name, reading);
      for (const [index, one] of boxes.entries()) {
        for (const other of boxes.slice(index + 1)) assert.ok(apart(one, other), `${name}: ${one.fn} and ${other.fn}`);
        const reached = lines.some(({ points }) => {
          const [x, y] = points.at(-1) ?? [Number.NaN, Number.NaN];
          const beside = y === middleOf(one) && (x === one.x || x === one.x + one.width);
          return beside || (y === one.y && x === one.x + one.width / 2);
        });
        assert.equal(reached, one.parent !== null, `${name}: a line leads to ${one.fn}`);
      }
    }
  }
});

test('layoutDiagram centres InternetOpen over what forks from it', () => {
  for (const name of ['ax-wnt01', 'ax-wnt03'] as const) {
    const { boxes } = layoutDiagram(name, 'printed');
    const forking = boxes.find(({ fn }) => boxes.filter(({ parent, shaded }) => parent === fn && shaded).length === 2);
    const [left, right] = boxes.filter(({ parent }) => parent === forking?.fn);
    assert.ok(forking && left && right, name);
    assert.equal(forking.x, (left.x + right.x) / 2, name);
    assert.equal(left.y, right.y);
  }
});

test('diagramSvg dashes what the page leaves out, sets names of shaded boxes in bold, and says what it shows', () => {
  const printed = diagramSvg('ax-wnt06', 'printed');
  assert.doesNotMatch(printed, /dasharray/);
  assert.equal(printed.match(/font-weight="bold"/g)?.length, 2);
  assert.match(printed, /<title id="ax-wnt06-title">On an FTP session<\/title>/);
  const complete = diagramSvg('ax-wnt06', 'complete');
  assert.match(complete, /stroke-dasharray="4 3"\/>\n {2}<text [^>]*font-weight="bold">FtpCommand</);
  assert.match(complete, /Dashed: what the page leaves out\./);
});

function edgeOf({ x, width }: PlacedBox, side: 'left' | 'right'): number {
  return side === 'left' ? x : x + width;
}

function middleOf({ y }: PlacedBox): number {
  return y + DIAGRAM_BOX.height / 2;
}

type Point = readonly [number, number];

/** Does a line leave this edge of a box, away from it? */
function isStub(
  from: Point | undefined,
  to: Point | undefined,
  edge: number,
  y: number,
  side: 'left' | 'right',
): boolean {
  if (from === undefined || to === undefined || from[0] !== edge || from[1] !== y || to[1] !== y) return false;
  return side === 'left' ? to[0] < edge : to[0] > edge;
}

function apart(one: PlacedBox, other: PlacedBox): boolean {
  const { height } = DIAGRAM_BOX;
  return (
    one.x + one.width <= other.x ||
    other.x + other.width <= one.x ||
    one.y + height <= other.y ||
    other.y + height <= one.y
  );
}

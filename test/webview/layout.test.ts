import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ForestNode } from '../../webview/forest.ts';
import { type Layout, type ListRoom, layoutForest } from '../../webview/layout.ts';
import { BOX, LIST, type Point } from '../../webview/sizes.ts';

interface Shape {
  readonly leaves: number;
  readonly inner: readonly Shape[];
}

const leaves = fc.oneof({ weight: 4, arbitrary: fc.nat(12) }, { weight: 1, arbitrary: fc.nat(150) });
const forests = fc.array(shapes(3), { minLength: 1, maxLength: 4 }).map(plant);

function shapes(depth: number): fc.Arbitrary<Shape> {
  const inner = depth === 0 ? fc.constant([]) : fc.array(shapes(depth - 1), { maxLength: 5 });
  return fc.record({ leaves, inner });
}

function plant(roots: readonly Shape[]): ForestNode[] {
  let serial = 0;
  const grow = ({ leaves, inner }: Shape): ForestNode => ({
    serial: ++serial,
    leaf: false,
    hidden: 0,
    children: [
      ...Array.from({ length: leaves }, () => ({ serial: ++serial, leaf: true, children: [], hidden: 0 })),
      ...inner.map(grow),
    ],
  });
  return roots.map(grow);
}

function flat(nodes: readonly ForestNode[]): ForestNode[] {
  return nodes.flatMap((node) => [node, ...flat(node.children)]);
}

function room(forest: readonly ForestNode[], pick: number, below: boolean): ListRoom {
  const nodes = flat(forest);
  return { serial: nodes[pick % nodes.length]?.serial ?? 1, height: 420, below };
}

interface Rectangle {
  readonly name: string;
  readonly from: Point;
  readonly to: Point;
}

function rectangles(layout: Layout, list: ListRoom | null): Rectangle[] {
  const boxes = [...layout.boxes].map(([serial, [x, y]]): Rectangle => {
    return { name: `handle ${serial}`, from: [x, y], to: [x + BOX.width, y + BOX.height] };
  });
  if (list === null || layout.list === null) return boxes;
  const [x, y] = layout.list;
  return [...boxes, { name: 'list', from: [x, y], to: [x + LIST.width, y + list.height] }];
}

function overlap(one: Rectangle, other: Rectangle): boolean {
  return [0, 1].every((axis) => {
    const at = axis === 0 ? 0 : 1;
    return one.from[at] < other.to[at] && other.from[at] < one.to[at];
  });
}

/** Overlapping pairs by a sweep from left to right, so that a hundred leaves stay quick to check. */
function overlaps(all: readonly Rectangle[]): string[] {
  const sorted = [...all].sort((a, b) => a.from[0] - b.from[0]);
  const found: string[] = [];
  let open: Rectangle[] = [];
  for (const next of sorted) {
    open = open.filter((one) => one.to[0] > next.from[0]);
    found.push(...open.filter((one) => overlap(one, next)).map((one) => `${one.name} and ${next.name}`));
    open.push(next);
  }
  return found;
}

test('layoutForest lets no two boxes overlap, nor the list beside or below any of them', () => {
  fc.assert(
    fc.property(forests, fc.nat(), fc.boolean(), fc.boolean(), (forest, pick, selected, below) => {
      const list = selected ? room(forest, pick, below) : null;
      assert.deepEqual(overlaps(rectangles(layoutForest(forest, list), list)), []);
    }),
    { numRuns: 150 },
  );
});

test('layoutForest puts every parent above its children, inside the picture', () => {
  fc.assert(
    fc.property(forests, fc.nat(), fc.boolean(), (forest, pick, below) => {
      const list = room(forest, pick, below);
      const layout = layoutForest(forest, list);
      for (const node of flat(forest)) {
        const bottom = (layout.boxes.get(node.serial)?.[1] ?? Number.NaN) + BOX.height;
        for (const child of node.children) assert.ok((layout.boxes.get(child.serial)?.[1] ?? Number.NaN) > bottom);
      }
      for (const { name, from, to } of rectangles(layout, list)) {
        assert.ok(from[0] >= 0 && from[1] >= 0 && to[0] <= layout.width && to[1] <= layout.height, name);
      }
    }),
    { numRuns: 100 },
  );
});

test('layoutForest ends one line at every child and draws right angles only', () => {
  fc.assert(
    fc.property(forests, (forest) => {
      const layout = layoutForest(forest, null);
      const ends = new Map(layout.links.map((link) => [link.key, link.points[3]]));
      assert.equal(ends.size, layout.links.length);
      for (const { children } of flat(forest)) {
        for (const { serial } of children) {
          const [x, y] = layout.boxes.get(serial) ?? [0, 0];
          const end = ends.get(`to-${serial}`) ?? [Number.NaN, Number.NaN];
          const atTop = end[0] === x + BOX.width / 2 && end[1] === y;
          const atSide = end[0] === x && end[1] === y + BOX.height / 2;
          assert.ok(atTop || atSide, `the line to ${serial} ends at ${end.join()}`);
        }
      }
      for (const { points } of layout.links) {
        for (const [from, to] of [
          [points[0], points[1]],
          [points[1], points[2]],
          [points[2], points[3]],
        ] as const) {
          assert.ok(from[0] === to[0] || from[1] === to[1]);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('layoutForest keeps a subtree in shape when something opens elsewhere', () => {
  fc.assert(
    fc.property(forests, (forest) => {
      const later = [...forest, ...plant([{ leaves: 3, inner: [] }]).map((tree) => renumbered(tree, 100_000))];
      const [before, after] = [layoutForest(forest, null), layoutForest(later, null)];
      for (const root of forest) {
        const shift = difference(after.boxes.get(root.serial), before.boxes.get(root.serial));
        for (const { serial } of flat([root])) {
          assert.deepEqual(difference(after.boxes.get(serial), before.boxes.get(serial)), shift);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('layoutForest leaves every handle on its row when a handle is chosen whose list stands beside it', () => {
  fc.assert(
    fc.property(forests, fc.nat(), (forest, pick) => {
      const list = { ...room(forest, pick, false), height: BOX.height };
      const [before, after] = [layoutForest(forest, null), layoutForest(forest, list)];
      for (const [serial, [, y]] of before.boxes) assert.equal(after.boxes.get(serial)?.[1], y);
    }),
    { numRuns: 60 },
  );
});

test('layoutForest keeps hundreds of siblings in a block that fits a screen', () => {
  const [root] = plant([{ leaves: 0, inner: [{ leaves: 300, inner: [] }] }]);
  const { width, height } = layoutForest(root === undefined ? [] : [root], null);
  assert.ok(width / height > 0.8 && width / height < 2.5, `${width} x ${height}`);
});

test('layoutForest adds a leaf at the end of its column without moving the others', () => {
  const forest = (leaves: number) => layoutForest(plant([{ leaves, inner: [] }]), null).boxes;
  const [before, after] = [forest(40), forest(41)];
  for (let serial = 2; serial <= 41; serial += 1) assert.deepEqual(after.get(serial), before.get(serial));
});

function renumbered(node: ForestNode, by: number): ForestNode {
  return { ...node, serial: node.serial + by, children: node.children.map((child) => renumbered(child, by)) };
}

function difference(one: Point | undefined, other: Point | undefined): Point {
  assert.ok(one !== undefined && other !== undefined);
  return [one[0] - other[0], one[1] - other[1]];
}

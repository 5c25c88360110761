import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCallLine } from '../../extension/lessons/callLine.ts';
import { LESSON_LIMIT, parseLesson } from '../../extension/lessons/lesson.ts';
import { LessonError } from '../../extension/lessons/lessonError.ts';

const STEP = ['```calls', 'root = InternetOpen("a")', '```', '', '```tree', '```'];
const TREE = '0x00CC0004 InternetOpen: root, open, a';

function asks(...lines: readonly string[]): string[] {
  return ['# T', '', '```question', ...lines, '```', ...STEP];
}

const broken: readonly (readonly [why: string, lines: readonly string[], line: number, says: RegExp])[] = [
  ['a title', ['text'], 1, /title is missing\. Write/],
  ['a step', ['# T', 'text'], 2, /no step\. Write/],
  ['a known setting', ['level: 3', '# T', ...STEP], 1, /Nobody knows level/],
  ['a known diagram', ['', 'diagram: ax-wnt04', '# T', ...STEP], 2, /no diagram ax-wnt04\. Write one of ax-wnt01/],
  ['a whole number of minutes', ['minutes: few', '# T', ...STEP], 1, /no whole number/],
  ['the end of a block', ['# T', '```calls', 'GetLastError()'], 2, /has no end\. Write/],
  ['a tree behind calls', ['# T', '```calls', 'GetLastError()', '```', '', 'text'], 6, /of line 2 need their tree/],
  ['calls before a tree', ['# T', '```tree', '```'], 2, /Write ```calls first/],
  ['a call in a step', ['# T', '```calls', '// none', '```', '```tree', '```'], 2, /needs a call/],
  ['a known function', ['# T', '```calls', '', 'internetopen()', '```'], 4, /Did you mean InternetOpen\?/],
  ['a call', ['# T', '```calls', 'root := 3', '```'], 3, /is no call\. Write it as/],
  ['a known error', ['# T', '```calls', 'GetLastError() ! ERROR_NOPE', '```'], 3, /ERROR_NOPE is no error/],
  ['an argument', ['# T', '```calls', 'InternetOpen("a",)', '```'], 3, /found the end of the arguments/],
  ['a string that ends', ['# T', '```calls', 'InternetOpen("a)', '```'], 3, /Expected a string/],
  ['a string with known escapes', ['# T', '```calls', 'InternetOpen("\\q")', '```'], 3, /escapes as in JSON/],
  ['a modest buffer', ['# T', '```calls', 'InternetReadFile(f, buffer(99999999))', '```'], 3, /too large/],
  ['a handle in a tree', [...['# T', ...STEP.slice(0, 5)], 'root', '```'], 7, /This is no handle\. Write/],
  ['a known kind', ['# T', ...STEP.slice(0, 5), TREE.replace('root', 'rot'), '```'], 7, /rot is no kind/],
  ['a state of the kind', ['# T', ...STEP.slice(0, 5), TREE.replace('open,', 'idle,'), '```'], 7, /Write one of open/],
  ['a parent for an indented handle', ['# T', ...STEP.slice(0, 5), `  ${TREE}`, '```'], 7, /too far in/],
  ['values that differ', ['# T', ...STEP.slice(0, 5), TREE, TREE, '```'], 8, /stands here twice/],
  ['a sentence', asks('answer: root'), 4, /The question is missing/],
  ['an answer', asks('Which?', 'right: y', 'wrong: n'), 4, /needs answer:/],
  ['known keys', asks('Which?', 'reply: y'), 5, /Nobody knows reply/],
  ['a key once', asks('Which?', 'answer: a', 'answer: b'), 6, /twice/],
  ['a handle for a function', asks('Which?', 'answer: HttpSendRequest', 'right: y', 'wrong: n'), 5, /On which handle/],
  [
    'a function that uses a handle',
    asks('W?', 'on: r', 'answer: InternetOpen', 'right: y', 'wrong: n'),
    6,
    /no handle/,
  ],
  ['one sort of answer', asks('W?', 'on: r', 'answer: root, HttpSendRequest', 'right: y', 'wrong: n'), 6, /root is no/],
  [
    'a known rule',
    asks('W?', 'on: r', 'rule: all', 'answer: HttpSendRequest'),
    6,
    /exact, exact-refused, legal, refused/,
  ],
  [
    'names that a call above has given',
    ['# T', ...STEP, '```question', 'W?', 'answer: rot', 'right: y', 'wrong: n', '```'],
    8,
    /gives the name rot\. Write one of root\./,
  ],
];

for (const [why, lines, line, says] of broken) {
  test(`parseLesson asks for ${why} and names file and line`, () => {
    assert.throws(
      () => parseLesson(lines.join('\n'), 'own.md'),
      (error) => {
        assert.ok(error instanceof LessonError, String(error));
        assert.match(error.sentence, says);
        assert.equal(error.message, `own.md:${line}: ${error.sentence}`);
        return true;
      },
    );
  });
}

test('parseLesson refuses a lesson that is too long', () => {
  assert.throws(() => parseLesson(`# T\n${'x'.repeat(LESSON_LIMIT)}`, 'own.md'), /Split it/);
});

test('parseLesson keeps prose as Markdown, with headings and code of other languages', () => {
  const text = [
    'order: 3',
    '# T',
    'Intro *one*.',
    '## First',
    'Text.',
    '```c',
    '## no heading',
    '```',
    ...STEP,
    'Remark.',
    '',
    '## Second',
    'More.',
    ...STEP,
    'End.',
  ];
  const { title, order, diagram, introduction, parts, closing } = parseLesson(text.join('\r\n'), 'own.md');
  assert.deepEqual([title, order, diagram, introduction, closing], ['T', 3, null, 'Intro *one*.', 'End.']);
  assert.deepEqual(
    parts.map(({ heading, remark, prose, line }) => [heading, remark, prose, line]),
    [
      ['First', '', 'Text.\n```c\n## no heading\n```', 9],
      ['Second', 'Remark.', 'More.', 19],
    ],
  );
});

test('parseCallLine reads every form of argument', () => {
  const line = parseCallLine(
    'start r = HttpOpenRequest(s, "a, \\"b\\" | )", -1, 0x10, null, true, A | B, buffer(3), { f: 1, g: "x" })',
  );
  assert.ok(line.is === 'call');
  assert.deepEqual([line.start, line.name, line.fn, line.expects], [true, 'r', 'HttpOpenRequest', null]);
  assert.deepEqual(line.args, [
    { is: 'names', names: ['s'] },
    { is: 'text', text: 'a, "b" | )' },
    { is: 'value', value: -1 },
    { is: 'value', value: 16 },
    { is: 'value', value: null },
    { is: 'value', value: true },
    { is: 'names', names: ['A', 'B'] },
    { is: 'buffer', size: 3 },
    {
      is: 'record',
      fields: [
        ['f', { is: 'value', value: 1 }],
        ['g', { is: 'text', text: 'x' }],
      ],
    },
  ]);
});

test('parseCallLine reads what a call must lead to', () => {
  assert.deepEqual(parseCallLine('GetLastError() -> 6').expects, { result: '6' });
  assert.deepEqual(parseCallLine('await read ! ERROR_INVALID_HANDLE').expects, { error: 'ERROR_INVALID_HANDLE' });
  assert.equal(parseCallLine('InternetOpen("a) ! ERROR_X")').expects, null);
});

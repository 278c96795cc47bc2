import { expect, test } from 'vitest'
import { randomNumbers } from '../random-numbers.ts'
import { boardCode } from './board-code.ts'
import { readBoardCode } from './read-board-code.ts'
import { randomBoard } from './testing/random-board.ts'

const file = (board: string) => `import { defineBoard } from 'almanac/boards'\n\nexport default defineBoard(${board})\n`
const TABS = `tabs: [{ id: 'a', title: 'A', sections: [{ id: 's' }] }]`

function boardOf(code: string) {
  const read = readBoardCode(code)
  if ('issues' in read) throw new Error(read.issues.map(({ message }) => message).join('; '))
  return read.board
}
function problemsIn(code: string): string[] {
  const read = readBoardCode(code)
  return 'issues' in read ? read.issues.map(({ path, message }) => [path.join('.'), message].join(' ').trim()) : []
}

test('a file as people write them is read: comments, any quotes, semicolons, numbers in every form', () => {
  const board = boardOf(`// Our sales
import { defineBoard } from "almanac/boards";
import type { BoardInput } from 'almanac/boards'
/* all of it */
export default defineBoard({
  "title": \`Sales \\u{1F600} \\x41\`, // with a face
  'description': "a\\
b",
  tabs: [{ id: 'a', title: 'A', sections: [{ id: 's', isCollapsed: true, widgets: [{
    id: 'w', place: { x: 0x0, y: 0b1, w: 1_2, h: +6. }, chart: { kind: 'gauge', min: -1e3, max: .5, formats: undefined },
  },], }] }],
},);
`)
  expect(board).toMatchObject({ title: 'Sales 😀 A', description: 'ab' })
  expect(board.tabs[0]?.sections[0]).toMatchObject({
    isCollapsed: true,
    widgets: [{ place: { x: 0, y: 1, w: 12, h: 6 }, chart: { kind: 'gauge', min: -1000, max: 0.5 } }],
  })
})

test('everything that is wrong with the board is said, each with its place', () => {
  expect(problemsIn(file(`{ titel: 'x', range: 5, tabs: [{ id: 'A b', title: 'A', sections: [] }] }`))).toEqual([
    expect.stringMatching(/^title expected text, got nothing/),
    expect.stringMatching(/^range expected text, got 5/),
    expect.stringMatching(/^tabs\.0\.id expected an id of lower case letters/),
    expect.stringMatching(/^tabs\.0\.sections expected at least 1 of them/),
    expect.stringMatching(/^expected nothing by the name of "titel"/),
  ])
})

test.each([
  [
    'a call',
    file(`{ title: process.exit(1), ${TABS} }`),
    'line 3, column 37: expected a value as it is written in data',
  ],
  ['a name', file('board'), '"board", which would have to be computed'],
  ['what is put into a text', file('{ title: `a $' + '{x}` }'), 'a text in which nothing is put'],
  ['a spread', file('{ ...x }'), 'expected a name, got "...x })'],
  ['a computed name', file(`{ ['title']: 'x' }`), 'expected a name'],
  ['a function', file('{ title: () => 1 }'), 'expected a value as it is written in data, got "() => 1'],
  ['a sum', file(`{ title: 'a' + 'b' }`), `line 3, column 41: expected }, got "+ 'b' })"`],
  ['a regular expression', file('{ title: /x/ }'), 'expected a value as it is written in data'],
  ['a prototype', file('{ __proto__: { title: 1 } }'), 'expected another name'],
  ['a name twice', file(`{ title: 'a', title: 'b' }`), 'expected each name once, got "title" twice'],
  ['a text without an end', file(`{ title: 'a\n' }`), 'expected the end of this text on its line'],
  ['a template without an end', file('{ title: `a }'), 'expected the end of this text'],
  ['an escape that is none', file(`{ title: '\\u12' }`), 'expected no \\u12'],
  ['a number that is none', file('{ title: 12abc }'), 'expected a value as it is written in data'],
  ['an octal number', file('{ title: 012 }'), 'expected a value as it is written in data'],
  [
    'another statement before',
    `fetch('https://example.com')\n${file('{}')}`,
    'line 1, column 1: expected export default',
  ],
  [
    'another statement after',
    `${file('{}')}\nfetch('https://example.com')`,
    'line 5, column 1: expected the end of the file',
  ],
  ['something after the comma', file('{}, 1'), 'expected ), got "1)'],
  ['no board', 'export const x = 1', 'expected export default defineBoard({ … }), got "export const x = 1"'],
  ['nothing', '', 'got the end'],
  ['half of it', file('{ title: ').slice(0, -3), 'got the end'],
  ['very deep values', file('['.repeat(100_000)), 'nested at most 60 deep'],
])('%s is refused, and never run', (_, code, words) => {
  const problems = problemsIn(code)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain(words)
})

test('whatever is broken in a file, the answer is a board or what is wrong', () => {
  const pieces = [
    '',
    '{',
    '}',
    '[',
    ']',
    "'",
    '"',
    '`',
    '\\',
    '$' + '{',
    '/*',
    '//',
    ',',
    ':',
    '\n',
    '0',
    '-',
    'undefined',
  ]
  for (let seed = 0; seed < 40; seed++) {
    const random = randomNumbers(seed)
    const below = (end: number) => Math.floor(random() * end)
    const code = boardCode(randomBoard(random)).slice(0, 5000)
    for (let i = 0; i < 20; i++) {
      const at = below(code.length)
      const broken = code.slice(0, at) + pieces[below(pieces.length)] + code.slice(at + below(4))
      const read = readBoardCode(broken)
      expect('board' in read || read.issues.length > 0).toBe(true)
    }
  }
})

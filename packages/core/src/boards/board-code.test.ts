import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { randomNumbers } from '../random-numbers.ts'
import { boardCode } from './board-code.ts'
import { readBoardCode } from './read-board-code.ts'
import { randomBoard } from './testing/random-board.ts'
import { smallBoard, smallWidget } from './testing/small-board.ts'

const ROOT = join(import.meta.dirname, '../../../..')

test('what is usual is left out, and the rest stands in the order of the schema, what names a kind first', () => {
  const board = smallBoard([smallWidget('hits', [{ measures: ['hits'], cube: 'web', from: 'cube', filters: [] }])], {
    filters: [{ values: ['DE'], dimension: 'country' }],
    description: 'One line\nand another with `ticks`',
  })
  expect(boardCode(board)).toBe(`import { defineBoard } from 'almanac/boards'

export default defineBoard({
  title: 'Small',
  description: \`One line
and another with \\\`ticks\\\`\`,
  filters: [{ dimension: 'country', values: ['DE'] }],
  tabs: [
    {
      id: 'main',
      title: 'Main',
      sections: [
        {
          id: 'all',
          widgets: [
            {
              id: 'hits',
              title: 'hits',
              place: { x: 0, y: 0, w: 12, h: 6 },
              chart: { kind: 'line' },
              data: [{ from: 'cube', cube: 'web', measures: ['hits'] }],
            },
          ],
        },
      ],
    },
  ],
})
`)
})

test('every board is read back from its code as it was', () => {
  for (let seed = 0; seed < 100; seed++) {
    const board = randomBoard(randomNumbers(seed))
    expect(readBoardCode(boardCode(board)), `seed ${seed}`).toEqual({ board })
  }
})

test('the code is laid out as the formatter of this repository does it', () => {
  for (const seed of [3, 4, 5]) {
    const code = boardCode(randomBoard(randomNumbers(seed)))
    const biome = join(ROOT, 'node_modules/.bin/biome')
    const args = ['format', '--stdin-file-path=board.ts']
    expect(execFileSync(biome, args, { cwd: ROOT, input: code, encoding: 'utf8' })).toBe(code)
  }
})

test.each([
  { what: 'quotes', text: `it's "so" \`here\`` },
  { what: 'the end of a script', text: '</script><script>alert(1)</script>' },
  { what: 'what would be put into a template', text: `\${process.exit()}\n\\\${x}` },
  { what: 'separators of lines', text: 'a\u2028b\u2029c\rd\r\ne\u0085' },
  { what: 'the direction of writing', text: 'abc\u202e\u2066def\u200f' },
  { what: 'halves of characters', text: '\ud800 \udc00' },
  { what: 'control characters', text: '\0\u0001\u001b\u007f' },
  { what: 'emoji', text: '👩‍👩‍👧🇩🇪✅' },
  { what: '500 characters', text: '\\'.repeat(250) + "'".repeat(250) },
])('texts with $what survive', ({ text }) => {
  const board = smallBoard([], { description: text, tabs: [{ id: 'a', title: text, sections: [{ id: 's' }] }] })
  const code = boardCode(board)
  expect(readBoardCode(code)).toEqual({ board })
  expect(code).not.toMatch(/[\u2028\u2029\u202e\u2066\u200f\0]/)
})

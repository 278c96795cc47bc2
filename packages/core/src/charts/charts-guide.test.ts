import { existsSync, readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { ChartSpec } from './chart-spec.ts'

const guide = readFileSync(new URL('../../../../docs/guides/charts.md', import.meta.url), 'utf8')
const examples = [...guide.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code)
const kinds = ChartSpec.options.map(({ shape }) => shape)

test.each(examples)('the example %s is a chart', (code) => {
  const { success, error } = ChartSpec.safeParse(JSON.parse(JSON.stringify(runInNewContext(`(${code})`))))
  expect(error?.issues ?? []).toEqual([])
  expect(success).toBe(true)
})

test.each(kinds.map(({ kind }) => kind.value))('the guide has a section with an example of %s', (kind) => {
  const section = guide.split(`### ${kind}\n`)[1]?.split('\n## ')[0]?.split('\n### ')[0]
  expect(section).toContain(`kind: '${kind}'`)
})

/** What is not ours to picture. */
const WITHOUT_PICTURE = ['image', 'embed']

test.each(kinds.map(({ kind }) => kind.value).filter((kind) => !WITHOUT_PICTURE.includes(kind)))(
  'the guide has a picture of %s',
  (kind) => {
    expect(guide).toContain(`<img src="../images/charts/${kind}.png"`)
    expect(existsSync(new URL(`../../../../docs/images/charts/${kind}.png`, import.meta.url))).toBe(true)
  },
)

test.each([...new Set(kinds.flatMap((shape) => Object.keys(shape)))])('the guide says what %s is', (option) => {
  expect(guide).toMatch(new RegExp(`\\b${option}\\b`))
})

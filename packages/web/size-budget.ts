import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

/**
 * How much JavaScript a reader loads, as it travels: brotli. Run after `npm run build`; fails when a budget is passed.
 * `board` is everything that `index.html` and a board import before there is a figure to draw; `withCharts` has what draws any
 * kind but for the map's borders and Markdown, which come when they are shown.
 */
const BUDGETS_KB = { login: 220, board: 300, withCharts: 550 } as const
const DIST = join(import.meta.dirname, 'dist')

const sizes = new Map<string, number>()
const imports = new Map<string, string[]>()
for (const name of await readdir(join(DIST, 'assets'))) {
  if (!name.endsWith('.js')) continue
  const code = await readFile(join(DIST, 'assets', name))
  sizes.set(name, brotliCompressSync(code).length)
  imports.set(name, staticImports(code.toString()))
}

const entries = [...(await readFile(join(DIST, 'index.html'), 'utf8')).matchAll(/assets\/([\w.-]+\.js)/g)].map(
  (match) => match[1] ?? '',
)
const login = closure(entries)
const board = closure([...entries, chunk('board')])
const withCharts = closure([...entries, chunk('board'), chunk('charts')])

for (const [name, bytes] of [...sizes].sort(([, a], [, b]) => b - a)) console.log(`${kb(bytes).padStart(8)}  ${name}`)
const isOver = [check('login', login), check('board', board), check('withCharts', withCharts)].some((passed) => !passed)
if (login.has(chunk('charts'))) throw new Error('The login page loads the chart library')
if (isOver) process.exit(1)

function check(name: keyof typeof BUDGETS_KB, chunks: ReadonlySet<string>): boolean {
  const bytes = [...chunks].reduce((sum, chunkName) => sum + (sizes.get(chunkName) ?? 0), 0)
  const isWithin = bytes <= BUDGETS_KB[name] * 1000
  console.log(`${isWithin ? 'ok  ' : 'OVER'}  ${name}: ${kb(bytes)} of ${BUDGETS_KB[name]} kB brotli`)
  return isWithin
}

function closure(names: readonly string[]): ReadonlySet<string> {
  const reached = new Set(names)
  for (const name of reached) for (const imported of imports.get(name) ?? []) reached.add(imported)
  return reached
}

function chunk(start: string): string {
  const name = [...sizes.keys()].find((one) => one.startsWith(`${start}-`))
  if (!name) throw new Error(`There is no chunk ${start} in dist/assets: build first, or mend its name here`)
  return name
}

/** Bundled code imports its siblings as `from"./name.js"` or `import"./name.js"`; a lazy one has a parenthesis. */
function staticImports(code: string): string[] {
  return [...code.matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)].map((match) => match[1] ?? '')
}

function kb(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}

import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { KINDS } from './files/workspace-files.ts'
import { modulePaths } from './files/workspace-modules.ts'

/**
 * Makes a workspace, or what is missing of one. What is there stays as it is, but for the settings that say where Almanac lies on
 * this machine. Answers with the files that were written.
 */
export async function initWorkspace(folder: string): Promise<string[]> {
  const isNew = !Object.keys(KINDS).some((name) => existsSync(join(folder, name)))
  const written: string[] = []
  for (const [file, text] of Object.entries({ ...FILES, ...(isNew && EXAMPLES) })) {
    if (existsSync(join(folder, file))) continue
    written.push(file)
    await write(folder, file, text)
  }
  await write(folder, MACHINE_FILE, machineSettings())
  return [...written, MACHINE_FILE]
}

async function write(folder: string, file: string, text: string): Promise<void> {
  const path = join(folder, file)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

const MACHINE_FILE = '.almanac/tsconfig.json'

function machineSettings(): string {
  const compilerOptions = {
    target: 'esnext',
    module: 'nodenext',
    lib: ['esnext'],
    types: [],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    // Node runs the files as they are.
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
    paths: modulePaths(),
  }
  return `${JSON.stringify({ compilerOptions }, null, 2)}\n`
}

const FILES: Readonly<Record<string, string>> = {
  'package.json': `{
  "private": true,
  "type": "module"
}
`,
  'tsconfig.json': `{
  "extends": "./${MACHINE_FILE}",
  "include": ["cubes", "endpoints", "boards", "segments", "lib"]
}
`,
  '.gitignore': `.almanac/
node_modules/
`,
  'README.md': `# An Almanac workspace

- \`cubes/*.ts\`: cubes, that is measures by dimensions and time over a table.
- \`endpoints/*.ts\`: addresses below \`/api\` that answer with figures in a form of your own.
- \`boards/*.ts\`: dashboards; the name of the file is the end of the address.
- \`segments/*.ts\`: filters by name, for queries and dashboards; the name of the file is the name.
- \`lib/\` or any other folder: what these files import.

Each file exports one definition by default, or several by name. A running server takes a change at once; while something is wrong,
what was there before stays in force.

\`\`\`sh
almanac workspace check .     # everything that is wrong, without a server
almanac workspace init .      # after a checkout: tells the editor where Almanac is on this machine
almanac start --workspace .
\`\`\`
`,
}

/** For those who have nothing yet. */
const EXAMPLES: Readonly<Record<string, string>> = {
  'cubes/downloads.ts': `import { column, count, defineCube, persons, property } from 'almanac/cubes'

export default defineCube({
  name: 'downloads',
  base: { table: 'events', time: 'occurred_at', where: "name = 'download'", person: 'visitor_id' },
  dimensions: {
    country: column('country'),
    version: property('version'),
    environment: column('environment'),
  },
  measures: {
    downloads: count(),
    people: persons(),
  },
  defaultFilters: { environment: ['production'] },
})
`,
  'endpoints/downloads.ts': `import { column, defineEndpoint, each, param } from 'almanac/endpoints'

// GET /api/downloads/week?start=2026-01-01&end=2026-02-01
export default defineEndpoint({
  path: '/downloads/{period}',
  summary: 'Downloads and the people behind them',
  parameters: {
    period: { type: 'choice', oneOf: ['day', 'week', 'month'] },
    start: { type: 'date', default: { daysFromToday: -30 } },
    end: { type: 'date', default: { daysFromToday: 1 }, after: 'start', description: 'Not included.' },
  },
  queries: {
    figures: {
      cube: 'downloads',
      measures: ['downloads', 'people'],
      grain: param('period'),
      from: param('start'),
      to: param('end'),
    },
  },
  answer: {
    start: param('start'),
    end: param('end'),
    figures: each('figures', {
      period: column('time', { as: 'date' }),
      downloads: column('downloads'),
      people: column('people'),
    }),
  },
})
`,
  'segments/dach.ts': `import { defineSegment } from 'almanac/segments'

export default defineSegment({
  label: 'Germany, Austria, Switzerland',
  filter: { dimension: 'country', values: ['DE', 'AT', 'CH'] },
})
`,
  'boards/downloads.ts': `import { defineBoard } from 'almanac/boards'

export default defineBoard({
  title: 'Downloads',
  tabs: [
    {
      id: 'main',
      title: 'Main',
      sections: [
        {
          id: 'all',
          widgets: [
            {
              id: 'by-day',
              title: 'Downloads and the people behind them',
              place: { x: 0, y: 0, w: 24, h: 8 },
              chart: { kind: 'line' },
              data: [{ from: 'cube', cube: 'downloads', measures: ['downloads', 'people'], grain: 'board' }],
            },
          ],
        },
      ],
    },
  ],
})
`,
}

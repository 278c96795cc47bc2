import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { ALL_PARTS, definesOf, VARIANTS } from './variants.ts'

export interface BuiltFile {
  readonly file: string
  readonly bytes: number
  readonly gzipBytes: number
}

const SOURCE = join(import.meta.dirname, 'src')

export async function buildTracker(folder: string): Promise<BuiltFile[]> {
  await mkdir(folder, { recursive: true })
  for (const { file, parts } of VARIANTS) await bundle(folder, 'script.ts', file, 'iife', definesOf(parts))
  await bundle(folder, 'index.ts', 'index.js', 'es', definesOf(ALL_PARTS))
  return Promise.all([...VARIANTS.map(({ file }) => file), 'index.js'].map((file) => sizeOf(folder, file)))
}

async function bundle(
  folder: string,
  entry: string,
  file: string,
  format: 'iife' | 'es',
  define: Record<string, string>,
): Promise<void> {
  await rm(join(folder, file), { force: true })
  await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'warn',
    define,
    build: {
      target: 'es2020',
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      minify: true,
      lib: { entry: join(SOURCE, entry), formats: [format], name: 'almanacTracker', fileName: () => file },
    },
  })
}

async function sizeOf(folder: string, file: string): Promise<BuiltFile> {
  const code = await readFile(join(folder, file))
  return { file, bytes: code.length, gzipBytes: gzipSync(code, { level: 9 }).length }
}

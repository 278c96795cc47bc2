import { join } from 'node:path'
import { build } from 'vite'

/** A module and all that it imports from npm as one script, as a site's own build makes it. */
export async function bundle(code: string): Promise<string> {
  const entry = join(import.meta.dirname, 'bundled-entry.js')
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? entry : null),
        load: (id) => (id === entry ? code : null),
      },
    ],
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: entry, output: { format: 'iife', codeSplitting: false } },
    },
  })
  const [output] = [result].flat()
  if (!output || !('output' in output)) throw new Error('vite did not build a script')
  return output.output[0].code
}

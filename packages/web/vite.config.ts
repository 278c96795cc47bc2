import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const server = process.env.ALMANAC_SERVER ?? 'http://localhost:4680'

/** The one font file that every page needs, asked for before the style sheet is read. */
const preloadFont: Plugin = {
  name: 'preload-font',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle = {} }) {
      const file = Object.keys(bundle).find((name) => name.includes('inter-latin-wght-normal'))
      if (!file) return []
      const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `/${file}` }
      return [{ tag: 'link', attrs, injectTo: 'head' }]
    },
  },
}

export default defineConfig({
  plugins: [react(), tailwindcss(), preloadFont],
  build: {
    target: 'es2022',
    // The content policy allows no data: addresses for scripts and fonts.
    assetsInlineLimit: 0,
    // The charts; `size-budget.ts` says how much may be loaded.
    chunkSizeWarningLimit: 1_100,
    rolldownOptions: {
      output: {
        chunkFileNames: ({ name }) => `assets/${name.startsWith('shared~') ? 'shared' : '[name]'}-[hash].js`,
        codeSplitting: {
          // Few files (docs/decisions/0027): each group takes what it names and all that this needs.
          groups: [
            { name: 'app', tags: ['$initial'], priority: 4 },
            { name: 'board', test: /[\\/]board-page\.tsx$/, priority: 3 },
            { name: 'charts', test: /[\\/](drawn-view|chart-canvas)\.tsx$/, priority: 2 },
            { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 5_000, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    // The server takes changes from its own pages only; for it, these are.
    proxy: Object.fromEntries(
      ['/api', '/v1'].map((path) => [path, { target: server, changeOrigin: true, headers: { origin: server } }]),
    ),
  },
})

import '../ui/base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from './query-client.ts'
import { createAppRouter } from './router.tsx'

// Browsers have Temporal since 2025 or 2026; the others fetch it. Nothing uses it before this line.
if (!('Temporal' in globalThis)) await import('temporal-polyfill/global')

const queryClient = createQueryClient({ onLoggedOut: () => void router.invalidate() })
const router = createAppRouter(queryClient)
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element #root')

// Text that is first drawn in another font moves when ours arrives. It is preloaded, so this is short; without it we go on.
await Promise.race([document.fonts.load('1em "Inter Variable"'), new Promise((resolve) => setTimeout(resolve, 300))])

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)

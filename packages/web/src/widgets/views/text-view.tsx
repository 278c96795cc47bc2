import { type ReactElement, Suspense } from 'react'
import { Lazily, lazyPart } from '../chart/lazy-again.tsx'

const MARKDOWN = lazyPart(() => import('./markdown.tsx'))

/** Text with Markdown. Until the code for it is there, the text as it was written. */
export function TextView({ markdown }: { markdown: string }): ReactElement {
  return (
    <div
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
      tabIndex={0}
      className="h-full overflow-y-auto px-4 pb-3 focus-visible:-outline-offset-2"
    >
      <Suspense fallback={<p className="whitespace-pre-wrap wrap-anywhere">{markdown}</p>}>
        <Lazily part={MARKDOWN} props={{ text: markdown }} />
      </Suspense>
    </div>
  )
}

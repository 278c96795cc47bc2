import type { ReactElement } from 'react'
import { Lazily } from '../../lazy/lazily.tsx'
import { lazyPart } from '../../lazy/lazy-part.ts'

const MARKDOWN = lazyPart(() => import('./markdown.tsx'))

/** Text with Markdown. Until the code for it is there, the text as it was written. */
export function TextView({ markdown }: { markdown: string }): ReactElement {
  const plain = <p className="whitespace-pre-wrap wrap-anywhere">{markdown}</p>
  return (
    <div
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
      tabIndex={0}
      className="h-full overflow-y-auto px-4 pb-3 focus-visible:-outline-offset-2"
    >
      <Lazily part={MARKDOWN} props={{ text: markdown }} of={markdown} fallback={plain} whenFailed={() => plain} />
    </div>
  )
}

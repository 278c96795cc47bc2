import type { ReactElement, ReactNode } from 'react'
import { useTitle } from './use-title.ts'

interface Props {
  readonly title: string
  readonly intro?: ReactNode
  /** At the right of the title: the primary one last. */
  readonly actions?: ReactNode
  /** `full`: as wide as a board. */
  readonly width?: keyof typeof WIDTHS
  readonly children: ReactNode
}

/** A page inside of the navigation: its title, also in the browser's tab, what one can do on it, and its content. */
export function Page({ title, intro, actions, width = 'list', children }: Props): ReactElement {
  useTitle(title)
  return (
    <main className={`mx-auto flex w-full flex-col gap-4 px-3 pt-3 pb-8 sm:px-6 sm:pt-5 ${WIDTHS[width]}`}>
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="text-lg leading-8! font-semibold tracking-tight text-balance">{title}</h1>
          {intro && <p className="max-w-3xl text-pretty text-muted">{intro}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </main>
  )
}

const WIDTHS = { list: 'max-w-6xl', full: 'max-w-[112rem]' } as const

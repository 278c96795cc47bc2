import { ChevronRight } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'

interface Props {
  readonly title: string
  /** Beside the title: what is set in it. */
  readonly note?: string | undefined
  readonly isOpen?: boolean
  readonly children: ReactNode
}

/** What is needed now and then. */
export function More({ title, note, isOpen = false, children }: Props): ReactElement {
  return (
    <Disclosure defaultExpanded={isOpen} className="group border-t border-line">
      <Heading level={3}>
        <Button slot="trigger" className={TRIGGER}>
          <ChevronRight
            size={14}
            aria-hidden
            className="shrink-0 text-faint transition-transform duration-100 group-data-[expanded]:rotate-90"
          />
          {title}
          {note && <span className="min-w-0 flex-1 truncate text-right text-sm font-normal text-faint">{note}</span>}
        </Button>
      </Heading>
      <DisclosurePanel>
        <div className="flex flex-col gap-3 pt-1 pb-4">{children}</div>
      </DisclosurePanel>
    </Disclosure>
  )
}

const TRIGGER =
  'flex h-10 w-full items-center gap-1.5 rounded-sm font-medium hover:text-accent-ink data-[focus-visible]:outline-2'

import type { ReactElement, ReactNode } from 'react'
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components'

interface Props<T extends string> {
  readonly label: string
  readonly value: T
  readonly tabs: readonly { readonly id: T; readonly label: string }[]
  readonly onChange: (value: T) => void
  /** Of the chosen tab; the others are not drawn. */
  readonly children: ReactNode
}

/** Views of one thing, side by side. */
export function Tabs<T extends string>({ label, value, tabs, onChange, children }: Props<T>): ReactElement {
  return (
    <AriaTabs
      selectedKey={value}
      onSelectionChange={(key) => {
        const tab = tabs.find(({ id }) => id === key)
        if (tab) onChange(tab.id)
      }}
      // The arrow keys only move: each tab asks the server something.
      keyboardActivation="manual"
      // The ring is that of the tab or field in it that has the focus.
      className="flex flex-col gap-4 outline-none"
    >
      <TabList aria-label={label} className="flex gap-5 overflow-x-auto border-b border-line px-1">
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={TAB}>
            {tab.label}
          </Tab>
        ))}
      </TabList>
      <TabPanel key={value} id={value} className="outline-none">
        {children}
      </TabPanel>
    </AriaTabs>
  )
}

const TAB = [
  '-mb-px flex h-9 cursor-pointer items-center border-b-2 border-transparent font-medium whitespace-nowrap text-muted',
  'hover:text-ink selected:border-accent selected:text-ink data-[focus-visible]:rounded-sm data-[focus-visible]:-outline-offset-2',
].join(' ')

import { ChartLine, Download, Ellipsis, Image, Maximize2, Table2 } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Header, Menu, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'
import { MenuItem } from '../../ui/menu.tsx'
import { POPOVER } from '../../ui/popover.tsx'

/** One more line in the card's menu. */
export interface CardAction {
  readonly id: string
  readonly label: string
  readonly icon: ReactNode
  readonly run: () => void
}

interface Props {
  readonly title: string
  /** Of what can be done with the figures; nothing for what has none. */
  readonly figures: readonly CardAction[]
  readonly actions: readonly CardAction[]
  /** When the figures were read. */
  readonly note: string | undefined
}

/** What can be done with a widget. Out of the way until the card is pointed at or the keyboard reaches it. */
export function CardMenu({ title, figures, actions, note }: Props): ReactElement | null {
  if (figures.length + actions.length === 0) return null
  return (
    <MenuTrigger>
      <Button look="quiet" isIcon aria-label={`Menu: ${title || 'widget'}`} className={TRIGGER}>
        <Ellipsis size={16} aria-hidden />
      </Button>
      <Popover placement="bottom end" offset={4} className={`${POPOVER} min-w-52`}>
        <Menu aria-label={title || 'Widget'} className="outline-none">
          {figures.length > 0 && (
            <MenuSection className="p-1" aria-label="Figures">
              {note && <Header className="figures px-2 py-1 text-sm text-faint first-letter:uppercase">{note}</Header>}
              {figures.map((action) => (
                <ActionItem key={action.id} action={action} />
              ))}
            </MenuSection>
          )}
          {figures.length > 0 && actions.length > 0 && <Separator className="h-px bg-line" />}
          {actions.length > 0 && (
            <MenuSection className="p-1" aria-label="Widget">
              {actions.map((action) => (
                <ActionItem key={action.id} action={action} />
              ))}
            </MenuSection>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

function ActionItem({ action: { id, label, icon, run } }: { action: CardAction }): ReactElement {
  return <MenuItem id={id} text={label} icon={<span className="text-faint">{icon}</span>} onAction={run} />
}

interface FigureActions {
  readonly isTable: boolean
  /** A table has no other side. */
  readonly canSwitch: boolean
  readonly onSwitch: () => void
  readonly onCsv: () => void
  readonly onPng: () => void
  readonly onFullScreen: () => void
}

export function figureActions({
  isTable,
  canSwitch,
  onSwitch,
  onCsv,
  onPng,
  onFullScreen,
}: FigureActions): CardAction[] {
  const switching: CardAction = isTable
    ? { id: 'chart', label: 'View as chart', icon: <ChartLine size={14} aria-hidden />, run: onSwitch }
    : { id: 'table', label: 'View as table', icon: <Table2 size={14} aria-hidden />, run: onSwitch }
  return [
    ...(canSwitch ? [switching] : []),
    { id: 'full-screen', label: 'Full screen', icon: <Maximize2 size={14} aria-hidden />, run: onFullScreen },
    { id: 'csv', label: 'Download CSV', icon: <Download size={14} aria-hidden />, run: onCsv },
    { id: 'png', label: 'Download PNG', icon: <Image size={14} aria-hidden />, run: onPng },
  ]
}

const TRIGGER =
  'size-7! print:hidden transition-opacity [@media(hover:hover)]:opacity-0 group-hover/card:opacity-100 group-focus-within/card:opacity-100 data-[focus-visible]:opacity-100 aria-expanded:opacity-100'

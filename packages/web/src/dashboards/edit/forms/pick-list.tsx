import { ChevronDown, GripVertical, X } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button, GridList, GridListItem, useDragAndDrop } from 'react-aria-components'
import { AddPicker, type PickOption } from './add-picker.tsx'

interface Props {
  readonly label: string
  /** What is added, such as `measure`. */
  readonly what: string
  readonly chosen: readonly string[]
  readonly options: readonly PickOption[]
  readonly most?: number
  readonly onChange: (chosen: string[]) => void
  /** What is offered after the options and goes somewhere else than into the list. */
  readonly elsewhere?: { readonly options: readonly PickOption[]; readonly onPick: (id: string) => void }
}

/** A few of many, in an order that matters: dragged, or moved with the keyboard. A click on one puts another in its place. */
export function PickList({ label, what, chosen, options, most = 20, onChange, elsewhere }: Props): ReactElement {
  const free = options.filter(({ id }) => !chosen.includes(id))
  const labelOf = (id: string) => options.find((option) => option.id === id)
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': String(key) })),
    onReorder: ({ keys, target }) => onChange(reordered(chosen, keys, String(target.key), target.dropPosition)),
  })
  return (
    <div className="flex flex-col gap-1">
      {chosen.length > 0 && (
        <GridList
          aria-label={label}
          items={chosen.map((id) => ({ id }))}
          dependencies={[options, chosen]}
          dragAndDropHooks={dragAndDropHooks}
          className="flex flex-col gap-1 outline-none"
        >
          {({ id }) => {
            const option = labelOf(id)
            const text = option?.label ?? id
            return (
              <GridListItem id={id} textValue={text} className={ITEM}>
                <Button slot="drag" aria-label={`Move ${text}`} className="cursor-grab text-faint">
                  <GripVertical size={13} aria-hidden />
                </Button>
                <AddPicker
                  label={`Instead of ${text}`}
                  name={`${text}, change`}
                  options={free}
                  onPick={(other) => onChange(chosen.map((one) => (one === id ? other : one)))}
                  className={`${NAME} ${option ? '' : 'text-negative'}`}
                >
                  <span className="truncate">
                    {text}
                    {!option && ' – is gone'}
                  </span>
                  <ChevronDown size={13} aria-hidden className="shrink-0 text-faint" />
                </AddPicker>
                <Button
                  aria-label={`Remove ${text}`}
                  className={REMOVE}
                  onPress={() => onChange(chosen.filter((one) => one !== id))}
                >
                  <X size={13} aria-hidden />
                </Button>
              </GridListItem>
            )
          }}
        </GridList>
      )}
      {chosen.length < most && (
        <AddPicker
          label={`Add ${what}`}
          options={[...free, ...(elsewhere?.options ?? [])]}
          onPick={(id) =>
            elsewhere?.options.some((one) => one.id === id) ? elsewhere.onPick(id) : onChange([...chosen, id])
          }
        />
      )}
    </div>
  )
}

function reordered(
  chosen: readonly string[],
  keys: ReadonlySet<string | number>,
  target: string,
  position: 'before' | 'after' | 'on',
): string[] {
  const moving = chosen.filter((id) => keys.has(id))
  const others = chosen.filter((id) => !keys.has(id))
  const at = others.indexOf(target) + (position === 'after' ? 1 : 0)
  return others.toSpliced(at, 0, ...moving)
}

const ITEM = [
  'flex h-8 items-center gap-1.5 rounded-md border border-line bg-surface pr-0.5 pl-1.5 outline-none',
  'data-[dragging]:opacity-50 data-[focus-visible]:border-accent data-[drop-target]:border-accent',
].join(' ')
const NAME =
  'flex h-full min-w-0 flex-1 items-center gap-1 rounded-sm text-left outline-none hover:text-accent-ink data-[focus-visible]:outline-2'
const REMOVE = 'grid size-7 shrink-0 place-items-center rounded-sm text-faint hover:bg-hover hover:text-ink'

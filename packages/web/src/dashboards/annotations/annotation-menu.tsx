import { Flag, List, Plus } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { Menu, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components'
import type { Annotation } from '../../api/annotations.ts'
import { Button } from '../../ui/button.tsx'
import { MenuItem } from '../../ui/menu.tsx'
import { POPOVER } from '../../ui/popover.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { changed } from '../board/choice/board-search.ts'
import type { RangeProps } from '../ranges/range-picker.tsx'
import { AnnotationList } from './annotation-list.tsx'

interface Props extends RangeProps {
  /** Those of the range; `undefined` while they are not known or not shown. */
  readonly annotations: readonly Annotation[] | undefined
  readonly mayEdit: boolean
  readonly onAdd: () => void
}

/** Marks on the charts: shown or not, read, entered. */
export function AnnotationMenu({ annotations, mayEdit, onAdd, choice, search, onChange }: Props): ReactElement {
  const [isListed, setListed] = useState(false)
  const { hasAnnotations } = choice
  const count = annotations?.length ?? 0
  return (
    <>
      <MenuTrigger>
        <Tooltip text="Annotations">
          <Button aria-label={hasAnnotations ? `Annotations: ${count}` : 'Annotations: hidden'}>
            <Flag size={14} aria-hidden className={hasAnnotations ? 'text-accent' : 'text-faint'} />
            <span className="figures">{hasAnnotations ? count : 'Off'}</span>
          </Button>
        </Tooltip>
        <Popover placement="bottom start" offset={4} className={`${POPOVER} w-60`}>
          <Menu aria-label="Annotations" className="outline-none">
            <MenuSection
              aria-label="On the charts"
              className="p-1"
              selectionMode="multiple"
              selectedKeys={hasAnnotations ? ['shown'] : []}
              onSelectionChange={(keys) =>
                onChange(changed(search, { annotations: keys === 'all' || keys.has('shown') ? 'on' : 'off' }))
              }
            >
              <MenuItem id="shown" text="Show on charts" icon={<Flag size={14} aria-hidden className="text-faint" />} />
            </MenuSection>
            <Separator className="h-px bg-line" />
            <MenuSection className="p-1" aria-label="Annotations of the range">
              <MenuItem
                id="list"
                text="List those of this range"
                icon={<List size={14} aria-hidden className="text-faint" />}
                onAction={() => setListed(true)}
              />
              {mayEdit && (
                <MenuItem
                  id="add"
                  text="Add one…"
                  icon={<Plus size={14} aria-hidden className="text-faint" />}
                  onAction={onAdd}
                />
              )}
            </MenuSection>
          </Menu>
        </Popover>
      </MenuTrigger>
      {isListed && (
        <AnnotationList
          annotations={annotations ?? []}
          timezone={choice.scope.timezone}
          mayEdit={mayEdit}
          onClose={() => setListed(false)}
        />
      )}
    </>
  )
}

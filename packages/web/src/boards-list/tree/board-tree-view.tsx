import { type ReactElement, useRef } from 'react'
import {
  Collection,
  DropIndicator,
  type ItemDropTarget,
  Tree,
  TreeItem,
  TreeItemContent,
  useDragAndDrop,
} from 'react-aria-components'
import type { BoardFolder } from '../../api/boards.ts'
import { canMove, folderAfterDrop } from './board-moves.ts'
import type { TreeLine } from './board-tree.ts'
import { BoardLine, FolderLine, type LineProps } from './lines.tsx'
import { useOpenFolders } from './open-folders.ts'

interface Props extends Omit<LineProps, 'isFlat'> {
  readonly lines: readonly TreeLine[]
  readonly folders: readonly BoardFolder[]
  readonly isFlat: boolean
  readonly onOpen: (slug: string) => void
  /** Absent for those who may not. */
  readonly onDrop: ((line: TreeLine, folderId: string | null) => void) | undefined
}

const MOVABLE = 'almanac-line'
const FIXED = 'almanac-fixed-line'

/** The boards in their folders. Lines are dragged with the pointer, or with the keyboard from the handle at their left. */
export function BoardTreeView({ lines, folders, isFlat, onOpen, onDrop, ...rest }: Props): ReactElement {
  const byId = new Map(allLines(lines).map((line) => [line.id, line]))
  const { open, setOpen } = useOpenFolders(
    [...byId.values()].filter(({ kind }) => kind === 'folder').map(({ id }) => id),
  )
  const dragged = useRef<readonly TreeLine[]>([])
  const movesTo = ({ key, dropPosition }: ItemDropTarget) => {
    const target = byId.get(String(key))
    return dragged.current.flatMap((line) => {
      const folderId = target && folderAfterDrop(line, { target, isOn: dropPosition === 'on' }, folders)
      return folderId === undefined ? [] : [{ line, folderId }]
    })
  }
  const { dragAndDropHooks } = useDragAndDrop({
    isDisabled: !onDrop || isFlat,
    getItems: (keys) =>
      [...keys].map((key) => {
        const line = byId.get(String(key))
        return { [line && canMove(line) ? MOVABLE : FIXED]: String(key) }
      }),
    acceptedDragTypes: [MOVABLE],
    onDragStart: ({ keys }) => {
      dragged.current = [...keys].flatMap((key) => byId.get(String(key)) ?? [])
    },
    // Only where something would change: with the keyboard, one goes from each of these places to the next.
    getDropOperation: (target) => (target.type === 'item' && movesTo(target).length > 0 ? 'move' : 'cancel'),
    onMove: ({ target }) => {
      for (const { line, folderId } of movesTo(target)) onDrop?.(line, folderId)
    },
    renderDropIndicator: (target) => <DropIndicator target={target} className={INDICATOR} />,
  })
  return (
    <Tree
      // A tree cannot learn to drag later.
      key={isFlat || !onDrop ? 'still' : 'movable'}
      aria-label="Dashboards"
      className="outline-none"
      items={lines}
      expandedKeys={open}
      onExpandedChange={setOpen}
      onAction={(key) => {
        const line = byId.get(String(key))
        if (line?.kind === 'board') onOpen(line.board.slug)
      }}
      {...(onDrop && !isFlat && { dragAndDropHooks })}
    >
      {(line) => <Line line={line} isFlat={isFlat} {...rest} />}
    </Tree>
  )
}

interface OneProps extends LineProps {
  readonly line: TreeLine
}

function Line({ line, ...rest }: OneProps): ReactElement {
  const name = line.kind === 'board' ? line.board.title : line.folder.name
  const inner = line.kind === 'folder' ? line.lines : []
  return (
    <TreeItem id={line.id} textValue={name} className={LINE} hasChildItems={inner.length > 0}>
      <TreeItemContent>
        {({ level, isExpanded }) =>
          line.kind === 'board' ? (
            <BoardLine line={line} level={level} {...rest} />
          ) : (
            <FolderLine line={line} level={level} isExpanded={isExpanded} {...rest} />
          )
        }
      </TreeItemContent>
      <Collection items={inner}>{(one) => <Line line={one} {...rest} />}</Collection>
    </TreeItem>
  )
}

function allLines(lines: readonly TreeLine[]): TreeLine[] {
  return lines.flatMap((line) => [line, ...(line.kind === 'folder' ? allLines(line.lines) : [])])
}

const LINE = [
  'group/line border-t border-line outline-none hover:bg-hover max-md:first:border-t-0 data-[dragging]:opacity-50',
  'data-[drop-target]:bg-accent-soft data-[focus-visible]:outline-2 data-[focus-visible]:-outline-offset-2',
].join(' ')
const INDICATOR = 'h-0 data-[drop-target]:outline data-[drop-target]:outline-accent'

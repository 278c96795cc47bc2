import { FileUp } from 'lucide-react'
import type { ReactElement } from 'react'
import { DropZone, FileTrigger, Text } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'

const TYPES = ['.csv', '.tsv', '.txt', '.json', '.jsonl', '.ndjson', '.geojson', '.xlsx', '.xlsm', '.parquet', '.gz']

interface Props {
  /** There is nothing else on the page yet. */
  readonly isLarge: boolean
  readonly onFile: (file: File) => void
}

/** Takes one file: dropped, pasted with the keyboard, or chosen. */
export function DropCard({ isLarge, onFile }: Props): ReactElement {
  return (
    <DropZone
      className={`${ZONE} ${isLarge ? 'min-h-60 flex-col px-4 py-10 text-center' : 'flex-wrap px-4 py-3'}`}
      getDropOperation={() => 'copy'}
      onDrop={(event) => {
        const item = event.items.find(({ kind }) => kind === 'file')
        if (item?.kind === 'file') void item.getFile().then(onFile)
      }}
    >
      <span className="grid size-9 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-ink">
        <FileUp size={18} aria-hidden />
      </span>
      <span className={isLarge ? '' : 'min-w-48 flex-1'}>
        <Text slot="label" className="block font-medium">
          Drop a file here
        </Text>
        <span className="block text-pretty text-muted">
          CSV, JSON, Excel or Parquet. Types and the time column are found by themselves.
        </span>
      </span>
      <FileTrigger acceptedFileTypes={TYPES} onSelect={(files) => files?.[0] && onFile(files[0])}>
        <Button className={isLarge ? 'mt-1' : ''}>Choose a file</Button>
      </FileTrigger>
    </DropZone>
  )
}

const ZONE = [
  'flex items-center justify-center gap-3 rounded-lg border border-dashed border-line-strong/60 bg-surface transition-colors duration-100',
  'drop-target:border-accent drop-target:bg-accent-soft focus-visible:border-accent',
].join(' ')

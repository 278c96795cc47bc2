import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import type { ReactElement } from 'react'
import { Menu, MenuTrigger, Popover } from 'react-aria-components'
import { toApiError } from '../api/api-error.ts'
import { SQL_FILES, type SqlFile, sqlFile } from '../api/sql.ts'
import { Button } from '../ui/button.tsx'
import { MenuItem } from '../ui/menu.tsx'
import { POPOVER } from '../ui/popover.tsx'
import { saveFile } from '../widgets/card/save-file.ts'
import type { Statement } from './use-sql-runs.ts'

interface Props {
  readonly statement: Statement
  readonly isDisabled: boolean
}

const LABELS: Record<SqlFile, string> = {
  csv: 'CSV',
  xlsx: 'Excel',
  ndjson: 'JSON, a line for each row',
  parquet: 'Parquet',
}
const MOST_ROWS = 100_000

/** The answer as a file: all rows that the server gives, with all types. */
export function DownloadMenu({ statement, isDisabled }: Props): ReactElement {
  const download = useMutation({
    mutationFn: async (format: SqlFile) => {
      const id = crypto.getRandomValues(new Uint32Array(4)).join('-')
      saveFile(`query.${format}`, await sqlFile({ ...statement, id, limit: MOST_ROWS, format }))
    },
  })
  return (
    <>
      <MenuTrigger>
        <Button look="quiet" isDisabled={isDisabled || download.isPending}>
          <Download size={14} aria-hidden /> {download.isPending ? 'One moment…' : 'Download'}
        </Button>
        <Popover placement="bottom end" offset={4} className={`${POPOVER} min-w-48`}>
          <Menu aria-label="Download" className="p-1 outline-none">
            {SQL_FILES.map((format) => (
              <MenuItem key={format} id={format} text={LABELS[format]} onAction={() => download.mutate(format)} />
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      {download.error && (
        <p role="alert" className="w-full text-sm text-negative">
          {toApiError(download.error).message}
        </p>
      )}
    </>
  )
}

import type { UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import type { UploadProposal } from '@almanac/core/uploads/upload-proposal.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { toApiError } from '../../api/api-error.ts'
import { cubesQuery } from '../../api/cubes.ts'
import { defineUpload, type ProposalChoices, proposalQuery, uploadQuery, type WholeUpload } from '../../api/uploads.ts'
import { FormError } from '../../app/sign-in/entry-page.tsx'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../widgets/widget-notes.tsx'
import { DefinitionEditor } from '../definition/definition-editor.tsx'
import { ProgressBar } from './progress-bar.tsx'

interface Props {
  readonly upload: WholeUpload
  /** Absent: the columns of the table that is there are changed. */
  readonly file: string | undefined
  readonly onDone: () => void
}

/** What was found in a file, to be changed and confirmed. */
export function ReviewFile({ upload, file, onDone }: Props): ReactElement {
  const last = upload.loads.find(({ state }) => state === 'done')?.file
  const shown = file ?? last
  const [choices, setChoices] = useState<ProposalChoices>({ file: shown })
  const found = useQuery(proposalQuery(upload.name, choices))
  const { data, error } = found
  return (
    <>
      <header>
        <h1 className="text-lg font-semibold tracking-tight">
          <bdi>{upload.label}</bdi>
        </h1>
        <p className="text-muted">
          {upload.isDefined && file === undefined
            ? 'Change its columns and measures. Where that changes the rows, they are read from the files again.'
            : 'Look at what was found, change what is wrong, and make the table.'}
        </p>
      </header>
      {!data && (
        <div className="card grid min-h-60 place-items-center p-6">
          {error ? (
            <ErrorNote error={toApiError(error)} retry={() => void found.refetch()} />
          ) : (
            <div className="w-full max-w-sm">
              <ProgressBar label="Reading the file…" share={undefined} />
            </div>
          )}
        </div>
      )}
      {data && (
        <Confirm
          key={JSON.stringify(choices)}
          upload={upload}
          file={file}
          proposal={data.proposal}
          onChoose={(choice) => setChoices({ ...choices, ...choice })}
          onDone={onDone}
        />
      )}
    </>
  )
}

interface ConfirmProps extends Props {
  readonly proposal: UploadProposal
  readonly onChoose: (choices: ProposalChoices) => void
}

function Confirm({ upload, file, proposal, onChoose, onDone }: ConfirmProps): ReactElement {
  const client = useQueryClient()
  const navigate = useNavigate()
  const isChange = file === undefined && upload.definition !== null
  const [definition, setDefinition] = useState<UploadDefinition>((isChange && upload.definition) || proposal.definition)
  const make = useMutation({
    mutationFn: () => {
      const mode = definition.keys.length > 0 && !isChange ? 'upsert' : upload.mode
      return defineUpload(upload.name, { definition, mode, ...(file !== undefined && { file }) })
    },
    onSuccess: (made) => {
      client.setQueryData(uploadQuery(upload.name).queryKey, made)
      void client.invalidateQueries({ queryKey: ['uploads'] })
      void client.invalidateQueries({ queryKey: cubesQuery.queryKey })
      onDone()
    },
  })
  const leave = () => (upload.isDefined ? onDone() : void navigate({ to: '/data' }))
  return (
    <>
      <DefinitionEditor
        definition={definition}
        proposal={proposal}
        onChange={setDefinition}
        onChoose={isChange ? undefined : onChoose}
      />
      <footer className="sticky bottom-0 z-10 -mx-3 flex flex-col gap-3 border-t border-line bg-canvas px-3 py-3 sm:-mx-6 sm:px-6">
        <FormError error={make.error} />
        {make.isPending && <ProgressBar label="Making the table…" share={undefined} />}
        <div className="flex justify-end gap-2">
          <Button onPress={leave}>Cancel</Button>
          <Button look="primary" isDisabled={make.isPending} onPress={() => make.mutate()}>
            {isChange ? 'Save' : 'Make the table'}
          </Button>
        </div>
      </footer>
    </>
  )
}

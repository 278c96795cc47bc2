import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { toApiError } from '../../../api/api-error.ts'
import { BOARDS, boardQuery, boardsQuery, moveBoard } from '../../../api/boards.ts'
import { FormProblem } from '../../../app/sign-in/form-problem.tsx'
import { VisibilityCards } from '../../../sharing/visibility-cards.tsx'
import { Choice } from '../forms/choice.tsx'
import { Field } from '../forms/field.tsx'
import type { NewPlace } from '../saving/use-board-saving.ts'

interface Props {
  /** A saved board is moved at once, a new one when it is saved. */
  readonly slug: string | undefined
  readonly place: NewPlace
  readonly onPlace: (place: NewPlace) => void
}

const NO_FOLDER = ''

/** Who may see the board, and in which folder it lies. */
export function PlaceForm({ slug, place, onPlace }: Props): ReactElement {
  const client = useQueryClient()
  const { data } = useQuery(boardsQuery)
  const move = useMutation({
    mutationFn: (next: NewPlace) => moveBoard(slug ?? '', next),
    onSuccess: (answer) => {
      client.setQueryData(boardQuery(answer.slug).queryKey, answer)
      void client.invalidateQueries({ queryKey: [BOARDS, 'list'] })
    },
    onError: (_, __, before: NewPlace | undefined) => before && onPlace(before),
    onMutate: () => place,
  })
  const change = (part: Partial<NewPlace>) => {
    const next = { ...place, ...part }
    onPlace(next)
    if (slug !== undefined) move.mutate(next)
  }
  const folders = data?.folders ?? []
  return (
    <div className="flex flex-col gap-5">
      <VisibilityCards value={place.visibility} onChange={(visibility) => change({ visibility })} />
      <Field label="Folder">
        <Choice
          label="Folder"
          value={place.folderId ?? NO_FOLDER}
          options={[{ id: NO_FOLDER, label: 'No folder' }, ...folders.map(({ id, name }) => ({ id, label: name }))]}
          onChange={(id) => change({ folderId: id === NO_FOLDER ? null : id })}
        />
      </Field>
      <FormProblem error={move.error ? toApiError(move.error) : undefined} />
      <p className="text-sm text-muted">
        {slug === undefined
          ? 'It counts as soon as the board is saved.'
          : 'It counts at once, and is no part of a version.'}
      </p>
    </div>
  )
}

import type { Widget } from '@almanac/core/boards/board.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import { type ReactElement, type ReactNode, useState } from 'react'
import { Form } from 'react-aria-components'
import { toApiError } from '../../api/api-error.ts'
import { BOARDS, type BoardAnswer, boardQuery, boardsQuery } from '../../api/boards.ts'
import { useRecentBoards } from '../../app/shell/use-recent-boards.ts'
import { FormError } from '../../app/sign-in/entry-page.tsx'
import { Choice } from '../../dashboards/edit/forms/choice.tsx'
import { Field } from '../../dashboards/edit/forms/field.tsx'
import { defaultSize } from '../../dashboards/edit/kinds/default-size.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { putOnBoard, putOnNewBoard, usualBoard } from './put-on-board.ts'

interface Props {
  readonly title: string
  readonly widget: Pick<Widget, 'chart' | 'data'>
  /** What else can be decided about it. */
  readonly children?: ReactNode
  readonly onClose: () => void
}

/** No board has this slug. */
const NEW = ' new'

/** Puts what is looked at on a dashboard: one that is there, or a new one. */
export function SaveWidgetDialog({ title: suggested, widget, children, onClose }: Props): ReactElement {
  const client = useQueryClient()
  const boards = useQuery(boardsQuery)
  const recent = useRecentBoards()
  const mine = (boards.data?.boards ?? []).filter(({ origin, mayEdit }) => origin === 'made' && mayEdit)
  const [title, setTitle] = useState(suggested)
  const [chosen, setChosen] = useState<string>()
  const [newTitle, setNewTitle] = useState('My dashboard')
  const target = chosen ?? usualBoard(mine, recent)?.slug ?? NEW
  const saving = useMutation({
    mutationFn: () => {
      const added = { ...widget, title: title.trim(), place: defaultSize(widget.chart.kind, widget.data) }
      const find = (slug: string) => client.fetchQuery({ ...boardQuery(slug), staleTime: 0 })
      return target === NEW ? putOnNewBoard(newTitle.trim(), added) : putOnBoard(target, added, find)
    },
    onSuccess: (answer) => {
      client.setQueryData(boardQuery(answer.slug).queryKey, answer)
      void client.invalidateQueries({ queryKey: [BOARDS] })
    },
  })
  return (
    <Dialog title="Save as a widget" isSmall isOpen onClose={onClose}>
      {saving.data ? (
        <Saved board={saving.data} onClose={onClose} />
      ) : (
        <Form
          className="flex flex-col gap-4 p-4"
          onSubmit={(event) => {
            event.preventDefault()
            saving.mutate()
          }}
        >
          <TextField label="Title" value={title} onChange={setTitle} maxLength={500} autoFocus />
          <Field label="Dashboard">
            <Choice
              label="Dashboard"
              value={target}
              options={[
                { id: NEW, label: 'A new dashboard' },
                ...mine.map((board) => ({ id: board.slug, label: board.title })),
              ]}
              onChange={setChosen}
            />
          </Field>
          {target === NEW && (
            <TextField label="Its title" value={newTitle} onChange={setNewTitle} maxLength={500} isRequired />
          )}
          {children}
          <FormError error={saving.error && toApiError(saving.error)} />
          <div className="flex justify-end gap-2">
            <Button onPress={onClose}>Cancel</Button>
            <Button look="primary" type="submit" isDisabled={saving.isPending || boards.isPending}>
              {saving.isPending ? 'Saving…' : 'Save'}
            </Button>
          </div>
        </Form>
      )}
    </Dialog>
  )
}

function Saved({ board, onClose }: { readonly board: BoardAnswer; readonly onClose: () => void }): ReactElement {
  return (
    <div className="flex flex-col gap-4 p-4">
      <p role="status" className="flex items-start gap-2">
        <Check size={16} aria-hidden className="mt-0.5 shrink-0 text-positive" />
        <span className="min-w-0 wrap-anywhere">
          It is on <bdi className="font-medium">{board.board.title}</bdi>, at the first free spot.
        </span>
      </p>
      <div className="flex justify-end gap-2">
        <Button onPress={onClose}>Stay here</Button>
        <Link to="/dashboards/$slug" params={{ slug: board.slug }} className={GO} autoFocus>
          Open the dashboard
        </Link>
      </div>
    </div>
  )
}

const GO = 'inline-flex h-8 items-center rounded-md bg-accent px-2.5 font-medium text-on-accent hover:opacity-90'

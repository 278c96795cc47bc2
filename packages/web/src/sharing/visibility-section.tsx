import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Globe, Lock, Users } from 'lucide-react'
import type { ReactElement } from 'react'
import { BOARDS, type BoardAnswer, boardQuery, moveBoard } from '../api/boards.ts'
import { FormError } from '../app/sign-in/entry-page.tsx'
import { Button } from '../ui/button.tsx'
import { ChoiceCards } from '../ui/choice-cards.tsx'

interface Props {
  readonly answer: BoardAnswer
  readonly onAddress: () => void
}

const ICON = { size: 15, 'aria-hidden': true } as const
const CHOICES = [
  {
    id: 'private',
    label: 'Only its owner',
    note: 'Nobody else finds it, admins included. Links that were made go on.',
    icon: <Lock {...ICON} />,
  },
  { id: 'team', label: 'The team', note: 'Everybody with an account.', icon: <Users {...ICON} /> },
  {
    id: 'public',
    label: 'Everybody',
    note: 'Whoever has its address, without an account. They see it as it is and choose nothing.',
    icon: <Globe {...ICON} />,
  },
] as const

/** With and without an account. It counts at once. */
export function VisibilitySection({ answer, onAddress }: Props): ReactElement {
  const { slug, origin, mayEdit } = answer
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (visibility: BoardAnswer['visibility']) => moveBoard(slug, { visibility }),
    onSuccess: (moved) => {
      client.setQueryData(boardQuery(moved.slug).queryKey, moved)
      void client.invalidateQueries({ queryKey: [BOARDS, 'list'] })
    },
  })
  // What was chosen shows at once, and goes back where the server says no.
  const visibility = change.isPending ? change.variables : answer.visibility
  return (
    <section aria-label="Who sees it" className="flex flex-col gap-3 p-4">
      {origin === 'made' && mayEdit ? (
        <ChoiceCards label="Who sees it" value={visibility} options={CHOICES} onChange={change.mutate} />
      ) : (
        <div>
          <h3 className="font-medium">Everybody with an account sees it</h3>
          <p className="text-pretty text-muted">
            {origin === 'workspace'
              ? 'It lies in the workspace folder. Duplicate it for one that only you see, or everybody.'
              : 'It comes with Almanac. Duplicate it for one that only you see, or everybody.'}
          </p>
        </div>
      )}
      <FormError error={change.error} />
      {answer.visibility === 'public' && (
        <Button className="self-start" onPress={onAddress}>
          <Globe size={14} aria-hidden /> Its address, and how to embed it
        </Button>
      )}
    </section>
  )
}

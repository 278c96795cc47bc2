import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Globe } from 'lucide-react'
import type { ReactElement } from 'react'
import { BOARDS, type BoardAnswer, boardQuery, moveBoard } from '../api/boards.ts'
import { FormError } from '../app/sign-in/entry-page.tsx'
import { Button } from '../ui/button.tsx'
import { VisibilityCards } from './visibility-cards.tsx'

interface Props {
  readonly answer: BoardAnswer
  readonly onAddress: () => void
}

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
        <VisibilityCards value={visibility} onChange={change.mutate} />
      ) : (
        <div>
          <h3 className="font-medium">Everybody with an account sees it</h3>
          <p className="text-pretty text-muted">
            {origin === 'workspace'
              ? 'It lies in the workspace folder. A copy of it can be private or public.'
              : 'It comes with Almanac. A copy of it can be private or public.'}
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

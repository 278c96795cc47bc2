import { formatRange } from '@almanac/core/charts/format/format-time.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import type { ReactElement } from 'react'
import { ANNOTATIONS, type Annotation, deleteAnnotation } from '../../api/annotations.ts'
import { toApiError } from '../../api/api-error.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { isEntered } from './query-annotations.ts'

interface Props {
  readonly annotations: readonly Annotation[]
  readonly timezone: string
  readonly mayEdit: boolean
  readonly onClose: () => void
}

/** All annotations of the range, in words. */
export function AnnotationList({ annotations, timezone, mayEdit, onClose }: Props): ReactElement {
  const client = useQueryClient()
  const removal = useMutation({
    mutationFn: deleteAnnotation,
    onSuccess: () => client.invalidateQueries({ queryKey: [ANNOTATIONS] }),
  })
  return (
    <Dialog title="Annotations in this range" isOpen onClose={onClose}>
      {removal.error && (
        <p role="alert" className="px-4 pt-3 text-negative">
          {toApiError(removal.error).message}
        </p>
      )}
      <ul className="min-h-0 divide-y divide-line overflow-auto">
        {annotations.map((annotation) => (
          <li key={annotation.id} className="flex items-start gap-3 px-4 py-3">
            <div className="min-w-0 flex-1">
              <p className="font-medium wrap-anywhere">{annotation.title}</p>
              <p className="figures text-sm text-muted">
                {[timeWords(annotation, timezone), ...annotation.tags, annotation.by ?? ''].filter(Boolean).join(' · ')}
              </p>
              {annotation.text && <p className="text-pretty wrap-anywhere text-muted">{annotation.text}</p>}
            </div>
            {mayEdit && isEntered(annotation) && (
              <Button
                look="quiet"
                isIcon
                aria-label={`Delete ${annotation.title}`}
                onPress={() => removal.mutate(annotation.id)}
              >
                <Trash2 size={14} aria-hidden />
              </Button>
            )}
          </li>
        ))}
        {annotations.length === 0 && <li className="p-6 text-center text-muted">There are none.</li>}
      </ul>
    </Dialog>
  )
}

function timeWords({ at, until }: Annotation, timezone: string): string {
  const zoned = (text: string) => Temporal.Instant.from(text).toZonedDateTimeISO(timezone)
  const start = zoned(at)
  if (until) return formatRange({ from: start, to: zoned(until) })
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', timeZone: timezone }).format(
    start.epochMilliseconds,
  )
}

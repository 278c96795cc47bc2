import type { Widget } from '@almanac/core/boards/board.ts'
import { isStatic } from '@almanac/core/charts/static-kinds.ts'
import { CopyPlus, Trash2, X } from 'lucide-react'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import type { WidgetAnswer } from '../../../api/widget-answers.ts'
import { Button } from '../../../ui/button.tsx'
import { Tabs } from '../../../ui/tabs.tsx'
import { Tooltip } from '../../../ui/tooltip.tsx'
import { checkWidget } from '../changes/check-widget.ts'
import { withChart, withData, withKind } from '../changes/widget-change.ts'
import { ChartForm } from '../chart/chart-form.tsx'
import { DataForm } from '../data/data-form.tsx'
import { useEditorWorld } from '../editor-context.ts'
import { Field } from '../forms/field.tsx'
import { issuesIn, problemAt } from '../forms/problem-at.ts'
import { TextInput } from '../forms/text-input.tsx'
import { withField } from '../forms/with-field.ts'

interface Props {
  readonly widget: Widget
  /** What it shows now, where there is an answer. */
  readonly answer: WidgetAnswer | undefined
  /** Only widgets that are valid. `step` names the field, so that a word is undone as a whole. */
  readonly onChange: (widget: Widget, step: string) => void
  readonly onDuplicate: () => void
  readonly onRemove: () => void
  readonly onClose: () => void
}

type Part = 'data' | 'chart'

/** Everything about one widget, beside the board that shows it at once. */
export function WidgetPanel({ widget, answer, onChange, onDuplicate, onRemove, onClose }: Props): ReactElement {
  const { cubes } = useEditorWorld()
  const section = useRef<HTMLElement>(null)
  // Whoever opens it with the keyboard goes on in it.
  useEffect(() => section.current?.focus({ preventScroll: true }), [])
  const [draft, change] = useWidgetDraft(widget, onChange)
  const { issues } = checkWidget(draft)
  const hasData = !isStatic(draft.chart.kind)
  const [part, setPart] = useState<Part>('data')
  const shown = hasData ? part : 'chart'
  const tabs = [
    ...(hasData ? [{ id: 'data' as const, label: 'Data' }] : []),
    { id: 'chart' as const, label: hasData ? 'Chart' : 'Content' },
  ]
  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label={`Edit ${widget.title || 'the widget'}`}
      className="flex h-full min-h-0 flex-col outline-none"
    >
      <header className="flex h-12 shrink-0 items-center gap-0.5 border-b border-line pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate font-semibold">Widget</h2>
        <Act label="Duplicate" onPress={onDuplicate}>
          <CopyPlus size={15} aria-hidden />
        </Act>
        <Act label="Delete" onPress={onRemove}>
          <Trash2 size={15} aria-hidden />
        </Act>
        <Act label="Close" onPress={onClose}>
          <X size={16} aria-hidden />
        </Act>
      </header>
      <div className="relative min-h-0 flex-1 overflow-y-auto px-4 pt-4 pb-10">
        <div className="flex flex-col gap-3 pb-4">
          <Field label="Title" problem={problemAt(issues, 'title')}>
            <TextInput label="Title" value={draft.title} onChange={(title) => change({ ...draft, title }, 'title')} />
          </Field>
          <Field label="Description" problem={problemAt(issues, 'description')}>
            <TextInput
              label="Description"
              placeholder="What it shows, for those who ask"
              value={draft.description ?? ''}
              onChange={(text) =>
                change(withField(draft, 'description', text === '' ? undefined : text), 'description')
              }
            />
          </Field>
        </div>
        <Tabs label="Parts of the widget" value={shown} tabs={tabs} onChange={setPart}>
          {shown === 'data' ? (
            <DataForm
              data={draft.data}
              issues={issuesIn(issues, 'data')}
              onChange={(data) => change(withData(draft, data, cubes, widget), 'data')}
            />
          ) : (
            <ChartForm
              widget={draft}
              answer={answer}
              issues={issuesIn(issues, 'chart')}
              onChart={(chart) => change(withChart(draft, chart), 'chart')}
              onKind={(kind) => change(withKind(draft, kind, cubes), 'kind')}
            />
          )}
        </Tabs>
      </div>
    </section>
  )
}

/** What is written; a valid widget goes to the board at once, another waits until it is one. Undo begins anew. */
function useWidgetDraft(widget: Widget, onChange: Props['onChange']) {
  const [state, setState] = useState({ draft: widget, of: widget })
  const now = state.of === widget ? state : { draft: widget, of: widget }
  if (now !== state) setState(now)
  const change = (next: Widget, step: string) => {
    const isValid = checkWidget(next).issues.length === 0
    setState({ draft: next, of: isValid ? next : widget })
    if (isValid) onChange(next, `${widget.id} ${step}`)
  }
  return [now.draft, change] as const
}

interface ActProps {
  readonly label: string
  readonly onPress: () => void
  readonly children: ReactElement
}

function Act({ label, onPress, children }: ActProps): ReactElement {
  return (
    <Tooltip text={label}>
      <Button look="quiet" isIcon aria-label={`${label} the widget`} onPress={onPress}>
        {children}
      </Button>
    </Tooltip>
  )
}

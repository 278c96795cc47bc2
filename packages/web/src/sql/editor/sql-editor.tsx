import {
  autocompletion,
  type CompletionContext,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { sql } from '@codemirror/lang-sql'
import { bracketMatching, syntaxHighlighting } from '@codemirror/language'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, StateEffect, StateField } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view'
import { type ReactElement, useEffect, useEffectEvent, useRef } from 'react'
import { CLICKHOUSE } from './clickhouse-dialect.ts'
import { EDITOR_THEME, HIGHLIGHTS } from './editor-theme.ts'
import type { ErrorPlace } from './error-place.ts'
import { parameterMarks } from './parameter-marks.ts'
import { type Offers, offersAfter, offersFor } from './sql-completion.ts'

interface Props {
  readonly value: string
  /** Absent while nobody knows the tables yet. */
  readonly offers: Offers | undefined
  /** What is wrong, underlined. */
  readonly problem: ErrorPlace | undefined
  readonly onChange: (value: string) => void
  readonly onRun: () => void
}

/** A statement to write. Tab leaves it, as everywhere; ctrl or ⌘ and Enter runs it. */
export default function SqlEditor({ value, offers, problem, onChange, onRun }: Props): ReactElement {
  const box = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const change = useEffectEvent((text: string) => onChange(text))
  const run = useEffectEvent(() => onRun())
  const first = useRef(value)
  const known = useRef(offers)
  known.current = offers

  useEffect(() => {
    if (!box.current) return
    const runs = (from: EditorView) => {
      closeCompletion(from)
      run()
      return true
    }
    const editor = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          keymap.of([
            { key: 'Mod-Enter', run: runs },
            { key: 'Ctrl-Enter', run: runs },
          ]),
          lineNumbers(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          history(),
          drawSelection(),
          bracketMatching(),
          closeBrackets(),
          highlightSelectionMatches(),
          search({ top: true }),
          sql({ dialect: CLICKHOUSE }),
          syntaxHighlighting(HIGHLIGHTS),
          parameterMarks,
          PROBLEM,
          EDITOR_THEME,
          EditorView.lineWrapping,
          placeholder('SELECT …'),
          autocompletion({ override: [(context) => complete(context, known.current)], icons: false }),
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...searchKeymap, ...defaultKeymap]),
          EditorView.contentAttributes.of({ 'aria-label': 'Statement in SQL', spellcheck: 'false' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) change(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [])

  useEffect(() => {
    const editor = view.current
    if (!editor || editor.state.doc.toString() === value) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value])

  useEffect(() => {
    const editor = view.current
    if (!editor) return
    const length = editor.state.doc.length
    const place = problem && problem.to <= length && problem.from < problem.to ? problem : undefined
    editor.dispatch({
      effects: [SET_PROBLEM.of(place), ...(place ? [EditorView.scrollIntoView(place.from, { y: 'nearest' })] : [])],
    })
  }, [problem])

  return <div ref={box} className="h-full min-h-0 overflow-hidden" />
}

const SET_PROBLEM = StateEffect.define<ErrorPlace | undefined>()
const UNDERLINE = Decoration.mark({ class: 'cm-problem' })

/** The underline goes with the first change: what stands there now may be right. */
const PROBLEM = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    for (const effect of transaction.effects) {
      if (effect.is(SET_PROBLEM)) {
        return effect.value ? Decoration.set(UNDERLINE.range(effect.value.from, effect.value.to)) : Decoration.none
      }
    }
    return transaction.docChanged ? Decoration.none : marks
  },
  provide: (field) => EditorView.decorations.from(field),
})

function complete(context: CompletionContext, offers: Offers | undefined) {
  // It is asked a moment after the last letter: whoever has left the statement by then is not offered anything any more.
  if (!offers || context.view?.hasFocus === false) return null
  const text = context.state.doc.toString()
  const dotted = context.matchBefore(/[\w`"]+(?:\.[\w`"]+)?\.\w*/)
  if (dotted) {
    const at = dotted.text.lastIndexOf('.')
    const options = offersAfter(dotted.text.slice(0, at).replaceAll(/[`"]/g, ''), text, offers)
    if (options.length > 0) return { from: dotted.from + at + 1, options: [...options], validFor: /^\w*$/ }
  }
  const word = context.matchBefore(/\w+/)
  if (!word && !context.explicit) return null
  if (word && /^\d/.test(word.text)) return null
  const from = word?.from ?? context.pos
  return { from, options: [...offersFor(text.slice(0, from), text, offers)], validFor: /^\w*$/ }
}

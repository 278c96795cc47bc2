import {
  Decoration,
  type DecorationSet,
  type EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'

const PARAMETERS = new MatchDecorator({
  regexp: /\{\s*[A-Za-z_]\w*\s*:\s*[^{}]+?\s*\}/g,
  decoration: Decoration.mark({ class: 'cm-parameter' }),
})

/** `{name:Type}` stands out: it is asked for beside the statement. */
export const parameterMarks = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = PARAMETERS.createDeco(view)
    }
    update(update: ViewUpdate) {
      this.decorations = PARAMETERS.updateDeco(update, this.decorations)
    }
  },
  { decorations: ({ decorations }) => decorations },
)

import type { ReactElement } from 'react'
import type { ApiError } from '../../api/api-error.ts'
import { InlineText } from './canvas/inline-text.tsx'
import { addSection } from './changes/board-edits.ts'
import type { BoardHistory } from './changes/use-board-history.ts'
import { EditorBar } from './editor-bar.tsx'
import { withField } from './forms/with-field.ts'
import { LeftNote } from './saving/left-note.tsx'
import { SaveButton } from './saving/save-button.tsx'
import type { Saving } from './saving/use-board-saving.ts'
import type { useDraft } from './saving/use-draft.ts'
import { DEFAULT_TITLE } from './start/empty-board.ts'
import type { Editor } from './use-editor.ts'

interface Props {
  readonly history: BoardHistory
  readonly editor: Editor
  readonly saving: Saving
  readonly draft: ReturnType<typeof useDraft>
  readonly onLeave: () => void
}

/** The bar with the title, what has to be said about saving, and the description. */
export function EditorHead({ history, editor, saving, draft, onLeave }: Props): ReactElement {
  const { board, change } = history
  const { tab, target, setDialog, setNotice } = editor
  const paste = () =>
    navigator.clipboard.readText().then(
      (text) => editor.paste(text) || setNotice({ text: 'There is no widget on the clipboard.', isBad: true }),
      () => setNotice({ text: 'The browser does not let this page read the clipboard.', isBad: true }),
    )
  return (
    <>
      <h1 className="sr-only">Edit {board.title}</h1>
      <EditorBar
        history={history}
        title={
          <InlineText
            label="Title of the board"
            isHeading
            value={board.title}
            isDefault={board.title === DEFAULT_TITLE}
            placeholder="Title"
            onChange={(title) => change((now) => ({ ...now, title }), 'title')}
          />
        }
        saveButton={
          <SaveButton
            isNew={saving.saved.slug === undefined}
            isChanged={saving.isChanged}
            isSaving={saving.isSaving}
            onSave={saving.save}
          />
        }
        onAddWidget={() => setDialog({ kind: 'add', sectionId: target })}
        onAddSection={() => tab && change((now) => addSection(now, tab.id, 'Section').board)}
        onAddTab={editor.addAndOpenTab}
        onPaste={() => void paste()}
        onSettings={() => setDialog({ kind: 'settings' })}
        onVersions={saving.saved.slug === undefined ? undefined : () => setDialog({ kind: 'versions' })}
        onLeave={onLeave}
      />
      {saving.error && !saving.isConflict && <NotSaved error={saving.error} />}
      {draft.found && !saving.isChanged && (
        <LeftNote
          draft={draft.found}
          isOutdated={draft.found.version !== saving.saved.version}
          onTake={() => {
            const left = draft.found?.board
            if (left) change(() => left)
            draft.decide()
          }}
          onDrop={draft.drop}
        />
      )}
      <div className="flex">
        <InlineText
          label="Description of the board"
          value={board.description ?? ''}
          placeholder="What this board shows, and for whom"
          onChange={(text) =>
            change((now) => withField(now, 'description', text === '' ? undefined : text), 'description')
          }
        />
      </div>
    </>
  )
}

function NotSaved({ error: { message, hint, issues } }: { error: ApiError }): ReactElement {
  return (
    <div role="alert" className="rounded-md bg-negative-soft px-3 py-2 text-pretty text-negative">
      <p>
        <span className="font-medium">Not saved: {message}</span> {hint}
      </p>
      <ul>
        {issues.slice(0, 5).map(({ path, message: what }) => (
          <li key={path.join('.')}>
            {path.join('.')}: {what}
          </li>
        ))}
      </ul>
    </div>
  )
}

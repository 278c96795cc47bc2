import { useShortcutNote } from '../../ui/shortcuts.ts'

/** Tells the help of the editor's keys, which `use-editor-keys.ts` and what has the focus answer to. */
export function useEditorKeyNotes(): void {
  useShortcutNote('mod+s', 'Save', EDITOR)
  useShortcutNote('mod+z', 'Take the last change back', EDITOR)
  useShortcutNote('shift+mod+z|mod+y', 'Make it again', EDITOR)
  useShortcutNote('mod+d', 'Duplicate the widget', EDITOR)
  useShortcutNote('mod+c', 'Copy the widget', EDITOR)
  useShortcutNote('mod+v', 'Paste a widget, from any board', EDITOR)
  useShortcutNote('delete|backspace', 'Remove the widget', EDITOR)
  useShortcutNote('escape', 'Close the widget’s settings', EDITOR)
  useShortcutNote('arrowleft|arrowright|arrowup|arrowdown', 'Move the widget whose handle has the focus', EDITOR)
  useShortcutNote('shift+arrowright|shift+arrowdown', 'Make it larger', EDITOR)
  useShortcutNote('shift+arrowleft|shift+arrowup', 'Make it smaller', EDITOR)
}

const EDITOR = 'Arranging'

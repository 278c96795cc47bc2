import { type ReactElement, useSyncExternalStore } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { SHORTCUTS } from '../ui/shortcuts.ts'
import { keyGroups } from './key-groups.ts'

/** All keys that work on the page behind it. */
export default function HelpDialog({ onClose }: { onClose: () => void }): ReactElement {
  const groups = keyGroups(useSyncExternalStore(SHORTCUTS.onChange, SHORTCUTS.all))
  return (
    <Dialog title="Keys" isOpen onClose={onClose}>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">
        <div className="gap-x-8 sm:columns-2">
          {groups.map(({ label, lines }) => (
            <section key={label} aria-label={label} className="mb-5 break-inside-avoid">
              <h3 className="pb-1 text-sm font-medium text-faint">{label}</h3>
              <dl>
                {lines.map(({ keys, label: does }) => (
                  <div key={keys} className="flex min-h-8 items-center justify-between gap-4 border-t border-line py-1">
                    <dt className="min-w-0 text-pretty">{does}</dt>
                    <dd>
                      <Kbd keys={keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </Dialog>
  )
}

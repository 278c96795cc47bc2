import { TriangleAlert } from 'lucide-react'
import type { ReactElement } from 'react'
import type { BoardAnswer } from '../../../api/boards.ts'
import type { ReaderChoice } from '../choice/reader-choice.ts'

/** What is not as somebody may think: another range than the address says, widgets whose measures are gone. */
export function BoardNotes({ answer, choice }: { answer: BoardAnswer; choice: ReaderChoice }): ReactElement | null {
  const { problems } = answer
  if (!choice.problem && problems.length === 0) return null
  return (
    <div role="status" className="flex flex-col gap-1 rounded-md bg-warning-soft px-3 py-2 text-warning">
      {choice.problem && (
        <p className="wrap-anywhere">
          The range in the address can’t be read ({choice.problem}), so another one is shown:{' '}
          {choice.rangeName ?? choice.rangeText}.
        </p>
      )}
      {problems.length > 0 && (
        <details>
          <summary className="flex cursor-pointer items-center gap-1.5 font-medium">
            <TriangleAlert size={14} aria-hidden />
            {problems.length === 1 ? 'One thing' : `${problems.length} things`} that widgets ask for can’t be found
          </summary>
          <ul className="mt-1 flex flex-col gap-0.5 pl-5">
            {problems.map(({ path, message }) => (
              <li key={`${path.join('.')} ${message}`} className="wrap-anywhere">
                {message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

import type { ReactElement, ReactNode } from 'react'

interface Props {
  /** The head of the second column. */
  readonly since: string
  /** Its rows. */
  readonly children: ReactNode
}

/** Of the people, and of the invited below them: with the same columns, so that the two lists read as one. */
export function PersonTable({ since, children }: Props): ReactElement {
  return (
    <table className="w-full table-fixed border-collapse text-left">
      <thead className="text-sm text-muted">
        <tr>
          <th scope="col" className="px-4 py-2.5 font-medium">
            Person
          </th>
          <th scope="col" className="w-48 px-4 py-2.5 font-medium max-md:hidden lg:w-64">
            {since}
          </th>
          <th scope="col" className="w-36 px-4.5 py-2.5 font-medium max-sm:w-28">
            Role
          </th>
          <th scope="col" className="w-28 px-4 py-2.5 max-md:w-14">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

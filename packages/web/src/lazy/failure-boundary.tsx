import { Component, type ReactNode } from 'react'
import { type ApiError, toApiError } from '../api/api-error.ts'
import { FailureNote } from './failure-note.tsx'
import { isNotFetched, loadAnew } from './load-anew.ts'

export type WhenFailed = (error: ApiError, retry: () => void) => ReactNode

interface Props {
  /** What it is about: with something else it is tried anew. */
  readonly of?: unknown
  /** What stands in place of what broke; a note, unless given. */
  readonly whenFailed?: WhenFailed
  readonly children: ReactNode
}

interface State {
  readonly error: unknown
}

/** What breaks inside, or in fetching the code for it, is told in its place, and leaves the rest of the page alone. */
export class FailureBoundary extends Component<Props, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  override componentDidUpdate({ of }: Props): void {
    if (this.state.error !== undefined && of !== this.props.of) this.setState({ error: undefined })
  }

  override render(): ReactNode {
    const { children, whenFailed = (error, retry) => <FailureNote error={error} retry={retry} /> } = this.props
    if (this.state.error === undefined) return children
    const error = toApiError(this.state.error)
    return whenFailed(error, () => (isNotFetched(error) ? void loadAnew() : this.setState({ error: undefined })))
  }
}

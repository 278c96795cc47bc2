import { Component, type ReactNode } from 'react'
import { toApiError } from '../../api/api-error.ts'
import { FailureNote } from '../card/failure-note.tsx'

interface Props {
  /** What is drawn: with other figures it is tried anew. */
  readonly of: unknown
  readonly children: ReactNode
}

interface State {
  readonly error: unknown
}

/** What breaks in a chart, or in fetching the code for it, is told in its place, and leaves the rest of the board alone. */
export class ChartBoundary extends Component<Props, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  override componentDidUpdate({ of }: Props): void {
    if (this.state.error !== undefined && of !== this.props.of) this.setState({ error: undefined })
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children
    return <FailureNote error={toApiError(this.state.error)} retry={() => this.setState({ error: undefined })} />
  }
}

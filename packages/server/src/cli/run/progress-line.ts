/** How far something is, for the eyes of the person who waits: a bar on a terminal, elsewhere a line for every tenth. */
export interface ProgressLine {
  /** `share` is from 0 to 1. */
  update(share: number, text: string): void
  /** Leaves nothing of the bar behind. */
  end(): void
}

interface ProgressOutput {
  readonly stderr: (text: string) => void
  readonly isTerminal: boolean
}

const WIDTH = 30
const CLEAR = '\r\x1b[K'

export function progressLine({ stderr, isTerminal }: ProgressOutput): ProgressLine {
  let told = -1
  return {
    update(share, text) {
      const percent = Math.floor(share * 100)
      if (isTerminal) {
        const full = Math.round(share * WIDTH)
        stderr(`${CLEAR}${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${percent} %  ${text}`)
      } else if (Math.floor(percent / 10) !== told) {
        told = Math.floor(percent / 10)
        stderr(`${percent} %: ${text}\n`)
      }
    },
    end: () => {
      if (isTerminal) stderr(CLEAR)
    },
  }
}

/** Something that may be asked for at any moment, and never runs twice at once. */
export interface OneAtATime {
  /** Asked while it runs, it runs once more after that: what has changed meanwhile is seen. */
  ask(): void
  /** Waits for the run under way; there is none after it. */
  stop(): Promise<void>
}

/** `run` does not throw. */
export function oneAtATime(run: () => Promise<void>): OneAtATime {
  let isAsked = false
  let isStopped = false
  let running: Promise<void> | undefined

  const runWhileAsked = async () => {
    while (isAsked && !isStopped) {
      isAsked = false
      await run()
    }
    running = undefined
  }
  return {
    ask() {
      isAsked = true
      running ??= runWhileAsked()
    },
    async stop() {
      isStopped = true
      await running
    },
  }
}

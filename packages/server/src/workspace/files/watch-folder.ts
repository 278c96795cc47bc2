import { watch } from 'node:fs'

/** Calls back soon after something in the folder may have changed, and now and then anyway. */
export interface FolderWatch {
  close(): void
}

export interface WatchFolderOptions {
  /** Editors and version control write several files at once. */
  readonly quietMs?: number
  /** Network file systems and folders that are mounted into a container may tell nothing. */
  readonly lookEveryMs?: number
  readonly onError?: (error: unknown) => void
}

export function watchFolder(
  folder: string,
  onChange: () => void,
  { quietMs = 100, lookEveryMs = 2000, onError }: WatchFolderOptions = {},
): FolderWatch {
  const quiet = setTimeout(onChange, quietMs)
  const lookout = setInterval(onChange, lookEveryMs)
  quiet.unref()
  lookout.unref()
  const stopWatching = startWatching(folder, () => quiet.refresh(), onError)
  return {
    close() {
      clearTimeout(quiet)
      clearInterval(lookout)
      stopWatching()
    },
  }
}

/** Where the system cannot watch, the look now and then is what there is. */
function startWatching(folder: string, onEvent: () => void, onError: WatchFolderOptions['onError']): () => void {
  try {
    const watcher = watch(folder, { recursive: true, persistent: false }, onEvent)
    watcher.on('error', (error) => onError?.(error))
    return () => watcher.close()
  } catch (error) {
    onError?.(error)
    return () => {}
  }
}

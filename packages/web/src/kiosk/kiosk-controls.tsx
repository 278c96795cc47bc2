import { ChevronLeft, ChevronRight, Maximize, Pause, Play, X } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { Tooltip } from '../ui/tooltip.tsx'
import { toggleFullScreen } from './kiosk-keys.ts'
import type { Rotation } from './screen/use-rotation.ts'

interface Props {
  readonly rotation: Rotation
  readonly count: number
  readonly isIdle: boolean
  readonly onLeave: () => void
}

/** Comes with the pointer or the keyboard, and goes again. That the screen is paused stays to be seen. */
export function KioskControls({ rotation, count, isIdle, onLeave }: Props): ReactElement {
  const { isPaused, step, togglePause } = rotation
  const isHidden = isIdle && !isPaused
  return (
    <div
      role="toolbar"
      aria-label="Wall screen"
      className={`${BAR} ${isHidden ? 'opacity-0 focus-within:opacity-100' : ''}`}
    >
      {count > 1 && (
        <>
          <Control label="Previous page (←)" onPress={() => step(-1)}>
            <ChevronLeft size={18} aria-hidden />
          </Control>
          <Control label={isPaused ? 'Go on (space)' : 'Pause (space)'} onPress={togglePause}>
            {isPaused ? <Play size={18} aria-hidden /> : <Pause size={18} aria-hidden />}
          </Control>
          <Control label="Next page (→)" onPress={() => step(1)}>
            <ChevronRight size={18} aria-hidden />
          </Control>
          {isPaused && <span className="px-2 font-medium">Paused</span>}
        </>
      )}
      <Control label="Full screen (F)" onPress={toggleFullScreen}>
        <Maximize size={18} aria-hidden />
      </Control>
      <Control label="Leave (Esc)" onPress={onLeave}>
        <X size={18} aria-hidden />
      </Control>
    </div>
  )
}

function Control({ label, onPress, children }: { label: string; onPress: () => void; children: ReactNode }) {
  return (
    <Tooltip text={label}>
      <Button aria-label={label} onPress={onPress} className={CONTROL}>
        {children}
      </Button>
    </Tooltip>
  )
}

const BAR = [
  'absolute bottom-5 left-1/2 flex -translate-x-1/2 items-center gap-0.5 rounded-full border border-line bg-surface px-1.5 py-1 shadow-float',
  'transition-opacity duration-300',
].join(' ')
const CONTROL =
  'grid size-10 place-items-center rounded-full text-muted hover:bg-hover hover:text-ink pressed:bg-sunken'

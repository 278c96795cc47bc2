import '../kiosk.css'
import type { ReactElement, ReactNode } from 'react'
import type { Refresh } from '../../dashboards/board/choice/board-search.ts'
import { useIsSettled, useIsUnreachable } from '../../dashboards/live/use-answers.ts'
import { useRefresh } from '../../dashboards/live/use-refresh.ts'
import { useTitle } from '../../ui/use-title.ts'
import { KioskControls } from '../kiosk-controls.tsx'
import { toggleFullScreen, useKioskKeys } from '../kiosk-keys.ts'
import { type KioskSearch, USUAL_SECONDS } from '../kiosk-search.ts'
import { useDailyReload } from '../screen/use-daily-reload.ts'
import { useIdle } from '../screen/use-idle.ts'
import { useKioskTheme } from '../screen/use-kiosk-theme.ts'
import { useRotation } from '../screen/use-rotation.ts'
import { useScreen } from '../screen/use-screen.ts'
import { useWakeLock } from '../screen/use-wake-lock.ts'
import { StageProvider } from './stage-context.ts'

export interface Slide {
  readonly id: string
  readonly title: string
  readonly refresh: Refresh
  /** It waits for somebody, and stays until then. */
  readonly isHeld?: boolean
  readonly content: ReactNode
}

interface Props {
  readonly slides: readonly Slide[]
  readonly search: KioskSearch
  /** The path of what the screen shows, where one can do more than look. */
  readonly home: (slide: Slide | undefined) => string
}

const REST_MS = 3000

/** A wall screen: one page after the other, enlarged, without anything to operate until the pointer moves. */
export function KioskStage({ slides, search, home }: Props): ReactElement {
  const { seconds = USUAL_SECONDS } = search
  const rotation = useRotation(slides.length, seconds, (index) => slides[index]?.isHeld ?? false)
  const current = slides[rotation.index]
  const { zoom } = useScreen()
  const isIdle = useIdle(REST_MS)
  const refreshing = useRefresh(awake(current?.refresh ?? 'off'))
  const isAway = useIsUnreachable() || refreshing.state === 'reconnecting'
  const isSettled = useIsSettled()
  const leave = () => window.location.assign(home(current))
  useTitle(current?.title)
  useKioskTheme(search)
  useWakeLock()
  useDailyReload(rotation.turn, isAway)
  useKioskKeys({ ...rotation, toggleFullScreen, leave })

  const upcoming = rotation.upcoming === undefined ? undefined : slides[rotation.upcoming]
  const drawn = [current, upcoming].filter((slide) => slide !== undefined)
  return (
    <StageProvider value={{ isAway, place: rotation.index + 1, count: slides.length }}>
      <main
        data-kiosk={isIdle ? 'idle' : 'awake'}
        data-settled={isSettled || undefined}
        className="relative h-dvh w-full overflow-hidden bg-canvas select-none"
      >
        <div style={{ zoom }} className="absolute inset-0">
          {drawn.map((slide) => (
            <div
              key={slide.id}
              data-slide={slide.id}
              inert={slide !== current}
              className={`absolute inset-0 transition-opacity duration-500 ${slide === current ? '' : 'invisible opacity-0'}`}
            >
              {slide.content}
            </div>
          ))}
        </div>
        {slides.length > 1 && (
          <Progress key={rotation.turn} seconds={seconds} isPaused={rotation.isPaused || (current?.isHeld ?? false)} />
        )}
        <KioskControls rotation={rotation} count={slides.length} isIdle={isIdle} onLeave={leave} />
      </main>
    </StageProvider>
  )
}

/** Nobody asks again by hand here. */
const awake = (refresh: Refresh): Refresh => (refresh === 'off' ? '5m' : refresh)

function Progress({ seconds, isPaused }: { seconds: number; isPaused: boolean }): ReactElement {
  return (
    <div aria-hidden className="absolute inset-x-0 bottom-0 h-[0.35vh] min-h-0.5 bg-line">
      {!isPaused && (
        <div className="kiosk-progress h-full bg-accent opacity-60" style={{ animationDuration: `${seconds}s` }} />
      )}
    </div>
  )
}

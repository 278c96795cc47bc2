import type { BulletDrawing, Look, RankedDrawing } from '@almanac/core/charts/drawing.ts'
import { faded, mixed } from '@almanac/core/charts/inks.ts'
import { deltaColour, deltaText, rectangle, SMALL_PX, widthOf, write } from './pen.ts'

const ROW_PX = 28

/** Names with bars behind them, and their values to the right. */
export function rankedMarks({ rows }: RankedDrawing, look: Look): string {
  const { theme, widthPx, heightPx } = look
  const fit = Math.max(1, Math.floor(heightPx / ROW_PX))
  const shown = rows.slice(0, fit)
  const widest = (texts: readonly string[], sizePx?: number) =>
    Math.max(0, ...texts.map((text) => widthOf(text, sizePx)))
  const shares = widest(
    shown.map(({ share }) => share ?? ''),
    SMALL_PX,
  )
  const deltas = widest(
    shown.map(({ delta }) => (delta ? deltaText(delta) : '')),
    SMALL_PX,
  )
  const values = widest(shown.map(({ text }) => text))
  const gap = (px: number) => (px === 0 ? 0 : px + 12)
  const barPx = Math.max(60, widthPx - 24 - gap(values) - gap(shares) - gap(deltas))
  return shown
    .map(({ label, text, bar, share, delta, isRest }, i) => {
      const y = i * ROW_PX
      const base = y + 18
      const right = widthPx - 12
      return [
        rectangle(
          8,
          y + 2,
          barPx * Math.min(1, Math.max(0, bar)),
          ROW_PX - 4,
          mixed(theme.series[0] ?? theme.ink, theme.surface, 0.16),
          3,
        ),
        write(label, 16, base, look, { mostPx: barPx - 16, colour: isRest ? theme.muted : theme.ink }),
        write(text, right - gap(shares) - gap(deltas), base, look, { anchor: 'end', weight: 500 }),
        share === undefined
          ? ''
          : write(share, right - gap(deltas), base, look, { anchor: 'end', sizePx: SMALL_PX, colour: theme.muted }),
        delta
          ? write(deltaText(delta), right, base, look, {
              anchor: 'end',
              sizePx: SMALL_PX,
              colour: deltaColour(delta, look),
            })
          : '',
      ].join('')
    })
    .join('')
}

const BULLET_PX = 44

/** A bar against a target, with bands behind it. */
export function bulletMarks({ rows }: BulletDrawing, look: Look): string {
  const { theme, widthPx, heightPx } = look
  const fit = Math.max(1, Math.floor(heightPx / BULLET_PX))
  const barPx = widthPx - 32
  return rows
    .slice(0, fit)
    .map(({ label, text, bar, target, bands, tone, progress }, i) => {
      const y = i * BULLET_PX
      const at = (share: number) => 16 + barPx * Math.min(1, Math.max(0, share))
      const value = [text, progress].filter((one) => one !== undefined).join(' · ')
      const goal = target ? ` / ${target.label} ${target.text}` : ''
      return [
        write(label, 16, y + 16, look, { mostPx: barPx * 0.45 }),
        write(`${value}${goal}`, 16 + barPx, y + 16, look, {
          anchor: 'end',
          sizePx: SMALL_PX,
          colour: theme.muted,
          mostPx: barPx * 0.52,
        }),
        rectangle(16, y + 23, barPx, 12, theme.sunken, 3),
        ...bands.map((band) =>
          rectangle(at(band.from), y + 23, at(band.to) - at(band.from), 12, faded(theme[band.tone], 0.25)),
        ),
        rectangle(16, y + 26, at(bar) - 16, 6, tone ? theme[tone] : (theme.series[0] ?? theme.ink), 2),
        target ? rectangle(at(target.at) - 1, y + 20, 2, 18, theme.ink) : '',
      ].join('')
    })
    .join('')
}

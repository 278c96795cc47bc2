import type { ImageDrawing } from '@almanac/core/charts/drawing.ts'
import { ImageOff } from 'lucide-react'
import { type ReactElement, useState } from 'react'

/** A picture in all of the box. Where it can't be had, what it would have shown is said. */
export function ImageView({ drawing }: { drawing: ImageDrawing }): ReactElement {
  const { address, alternative, fit } = drawing
  const [failed, setFailed] = useState<string>()
  if (failed === address) {
    return (
      <div className="flex h-full flex-col items-center justify-center gap-1.5 px-6 text-center">
        <ImageOff size={18} aria-hidden className="shrink-0 text-faint" />
        <p className="line-clamp-3 wrap-anywhere text-muted">
          The picture can’t be loaded{alternative && `: ${alternative}`}
        </p>
      </div>
    )
  }
  return (
    <img
      src={address}
      alt={alternative}
      referrerPolicy="no-referrer"
      loading="lazy"
      onError={() => setFailed(address)}
      className={`h-full w-full rounded-[inherit] ${fit === 'cover' ? 'object-cover' : 'object-contain'}`}
    />
  )
}

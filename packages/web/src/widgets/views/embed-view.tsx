import type { ReactElement } from 'react'

/**
 * A page of someone else, in a box of its own: it runs its scripts under an origin that is nobody's, so that it reaches neither
 * this page nor its own cookies, and it can't lead this page away.
 */
export function EmbedView({ address, title }: { address: string; title: string }): ReactElement {
  return (
    <iframe
      src={address}
      title={title || 'Embedded page'}
      sandbox="allow-scripts allow-forms allow-popups"
      referrerPolicy="no-referrer"
      loading="lazy"
      className="h-full w-full rounded-[inherit] border-0 bg-surface"
    />
  )
}

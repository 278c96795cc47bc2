import { type ReactElement, useState } from 'react'

/**
 * A page of someone else, in a box of its own: it runs its scripts under an origin that is nobody's, so that it reaches neither
 * this page nor its own cookies, and it can't lead this page away. Until it comes, the box is the card's, with a note; whether
 * what came is the page or the browser's own word that there is none, no page is told.
 */
export function EmbedView({ address, title }: { address: string; title: string }): ReactElement {
  const [loaded, setLoaded] = useState<string>()
  return (
    <div className="relative h-full rounded-[inherit] bg-surface">
      {loaded !== address && <Waiting address={address} />}
      <iframe
        src={address}
        title={title || 'Embedded page'}
        sandbox="allow-scripts allow-forms allow-popups"
        referrerPolicy="no-referrer"
        loading="lazy"
        onLoad={() => setLoaded(address)}
        className="relative block h-full w-full rounded-[inherit] border-0"
      />
    </div>
  )
}

/** Behind the page: it is seen as long as nothing covers it. */
function Waiting({ address }: { address: string }): ReactElement {
  return (
    <div className="absolute inset-0 flex flex-col items-center justify-center px-6 text-center text-sm text-muted">
      <p className="line-clamp-3 text-pretty wrap-anywhere">Waiting for {hostOf(address)}</p>
    </div>
  )
}

/** An address that is none is the browser's to refuse. */
const hostOf = (address: string) => (URL.canParse(address) ? new URL(address).host : 'the page')

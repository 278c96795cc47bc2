import { ArrowLeft, ExternalLink } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { Link } from 'react-aria-components'
import { CopyButton } from '../settings/copy-button.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Select } from '../ui/select.tsx'
import { type EmbedOptions, embedAddress, embedCode } from './embed-code.ts'

interface Props {
  readonly title: string
  readonly path: string
  readonly embedPath: string
  readonly intro: string
  readonly onBack: () => void
}

/** An address to give away, and the same board for a page of one's own. */
export function AddressView({ title, path, embedPath, intro, onBack }: Props): ReactElement {
  const url = `${location.origin}${path}`
  return (
    <div className="flex flex-col divide-y divide-line">
      <section aria-label="Address" className="flex flex-col gap-3 p-4">
        <p className="text-pretty text-muted">{intro}</p>
        <CodeBlock label="Address" text={url} className="select-all" />
        <div className="flex flex-wrap justify-end gap-2">
          <Link href={url} target="_blank" className={LINK}>
            <ExternalLink size={14} aria-hidden /> What they will see
          </Link>
          <CopyButton text={url} label="Copy the address" />
        </div>
      </section>
      <EmbedSection title={title} url={`${location.origin}${embedPath}`} />
      <footer className="p-3">
        <Button look="quiet" onPress={onBack}>
          <ArrowLeft size={14} aria-hidden /> Back to all links
        </Button>
      </footer>
    </div>
  )
}

const THEMES = [
  { id: 'system', label: 'As the reader’s system' },
  { id: 'light', label: 'Light' },
  { id: 'dark', label: 'Dark' },
] as const

function EmbedSection({ title, url }: { title: string; url: string }): ReactElement {
  const [theme, setTheme] = useState<(typeof THEMES)[number]['id']>('system')
  const [isTransparent, setTransparent] = useState(false)
  const [isGrowing, setGrowing] = useState(true)
  const [isPreviewed, setPreviewed] = useState(false)
  const options: EmbedOptions = {
    url,
    title,
    isGrowing,
    ...(theme !== 'system' && { theme }),
    ...(isTransparent && { background: 'transparent' }),
  }
  const code = embedCode(options)
  const address = embedAddress(url, options)
  return (
    <section aria-label="Embed" className="flex flex-col gap-3 p-4">
      <div>
        <h3 className="font-medium">Embed in a page of your own</h3>
        <p className="text-pretty text-muted">Put these lines where the board is to stand.</p>
      </div>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <Select label="Colours" value={theme} options={THEMES} onChange={setTheme} />
        <Checkbox label="As high as the board" isSelected={isGrowing} onChange={setGrowing} />
        <Checkbox label="Transparent background" isSelected={isTransparent} onChange={setTransparent} />
      </div>
      <CodeBlock label="Code to embed the board" text={code} className="max-h-56" />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onPress={() => setPreviewed(!isPreviewed)} aria-expanded={isPreviewed}>
          {isPreviewed ? 'Hide the preview' : 'Preview'}
        </Button>
        <CopyButton key={code} text={code} label="Copy the code" />
      </div>
      {isPreviewed && (
        <iframe
          key={address}
          src={address}
          title={`Preview: ${title}`}
          className="h-96 w-full rounded-md border border-line"
        />
      )}
    </section>
  )
}

const LINK =
  'inline-flex h-8 items-center gap-1.5 rounded-md border border-line bg-surface px-2.5 font-medium hover:bg-hover'

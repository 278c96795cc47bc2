import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, ExternalLink, X } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { Link } from 'react-aria-components'
import { toApiError } from '../api/api-error.ts'
import { type BoardEntry, boardsQuery } from '../api/boards.ts'
import { CopyButton } from '../settings/copy-button.tsx'
import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Labelled } from '../ui/labelled.tsx'
import { Page } from '../ui/page.tsx'
import { SearchSelect } from '../ui/search-select.tsx'
import { Select } from '../ui/select.tsx'
import { RowsSkeleton } from '../widgets/rows-skeleton.tsx'
import { ErrorNote } from '../widgets/widget-notes.tsx'
import { KIOSK_THEMES, type KioskTheme, kioskPath, USUAL_SECONDS } from './kiosk-search.ts'
import { moved } from './screen/moved.ts'

/** Makes the address of a wall screen: which boards it shows, for how long each page, in which colours. */
export function ScreensPage(): ReactElement {
  const boards = useQuery(boardsQuery)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [seconds, setSeconds] = useState<string>(String(USUAL_SECONDS))
  const [theme, setTheme] = useState<KioskTheme | 'own'>('own')
  const [night, setNight] = useState<string>(NO_NIGHT)
  const all = boards.data?.boards ?? []
  const path = kioskPath(chosen, {
    seconds: Number(seconds),
    ...(theme !== 'own' && { theme }),
    ...(night !== NO_NIGHT && { night }),
  })
  return (
    <Page
      title="Wall screens"
      intro="Boards in turn on a large screen: full screen, live, readable from afar. Long boards are cut into pages."
    >
      {boards.error && !boards.data && (
        <div className="card h-60">
          <ErrorNote error={toApiError(boards.error)} retry={() => void boards.refetch()} />
        </div>
      )}
      <section aria-label="Boards" className="card flex flex-col gap-3 p-4">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h2 className="font-medium">Boards, in their order</h2>
          <SearchSelect
            label="Add a board"
            value=""
            valueLabel="Add a board"
            options={() =>
              all
                .filter(({ slug }) => !chosen.includes(slug))
                .map(({ slug, title, isFavourite }) => ({
                  id: slug,
                  label: title,
                  ...(isFavourite && { note: 'Favourite' }),
                }))
            }
            onChange={(slug) => setChosen([...chosen, slug])}
          />
        </div>
        {boards.isPending && <RowsSkeleton count={3} />}
        {boards.data && <ChosenBoards all={all} chosen={chosen} onChange={setChosen} />}
        <div className="flex flex-wrap gap-x-6 gap-y-3 border-t border-line pt-4">
          <Labelled label="Each page for">
            <Select label="Each page for" value={seconds} options={SECONDS} onChange={setSeconds} />
          </Labelled>
          <Labelled label="Colours">
            <Select label="Colours" value={theme} options={THEMES} onChange={setTheme} />
          </Labelled>
          <Labelled label="Dark at night">
            <Select label="Dark at night" value={night} options={NIGHTS} onChange={setNight} />
          </Labelled>
        </div>
      </section>
      {chosen.length > 0 && <ScreenAddress path={path} />}
      <Hints />
    </Page>
  )
}

interface ChosenProps {
  readonly all: readonly BoardEntry[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

function ChosenBoards({ all, chosen, onChange }: ChosenProps): ReactElement {
  if (chosen.length === 0) return <p className="py-6 text-center text-muted">Add the first board.</p>
  return (
    <ol className="divide-y divide-line rounded-md border border-line">
      {chosen.map((slug, i) => {
        const title = all.find((board) => board.slug === slug)?.title ?? slug
        return (
          <li key={slug} className="flex items-center gap-1 py-1 pr-1 pl-3">
            <span className="figures w-6 text-faint">{i + 1}</span>
            <bdi className="min-w-0 flex-1 truncate font-medium">{title}</bdi>
            <Button
              look="quiet"
              isIcon
              aria-label={`${title} earlier`}
              isDisabled={i === 0}
              onPress={() => onChange(moved(chosen, i, -1))}
            >
              <ArrowUp size={14} aria-hidden />
            </Button>
            <Button
              look="quiet"
              isIcon
              aria-label={`${title} later`}
              isDisabled={i === chosen.length - 1}
              onPress={() => onChange(moved(chosen, i, 1))}
            >
              <ArrowDown size={14} aria-hidden />
            </Button>
            <Button
              look="quiet"
              isIcon
              aria-label={`Without ${title}`}
              onPress={() => onChange(chosen.filter((one) => one !== slug))}
            >
              <X size={14} aria-hidden />
            </Button>
          </li>
        )
      })}
    </ol>
  )
}

function ScreenAddress({ path }: { path: string }): ReactElement {
  const url = `${location.origin}${path}`
  return (
    <section aria-label="Address of the screen" className="card flex flex-col gap-3 p-4">
      <h2 className="font-medium">Open this on the screen</h2>
      <CodeBlock label="Address" text={url} className="select-all" />
      <div className="flex flex-wrap justify-end gap-2">
        <CopyButton key={url} text={url} label="Copy" />
        <Link href={url} target="_blank" className={OPEN}>
          <ExternalLink size={14} aria-hidden /> Open it here
        </Link>
      </div>
    </section>
  )
}

function Hints(): ReactElement {
  return (
    <div className="max-w-prose text-pretty text-muted">
      <p>
        On the screen, the space bar pauses, arrows turn the pages, F fills the screen and Esc leaves. Somebody has to
        be logged in there.
      </p>
      <p className="mt-2">
        For a screen without anybody’s account, share each board by a secret link and put the ends of the links in a
        row:{' '}
        <code className="font-mono text-sm wrap-anywhere">{location.origin}/kiosk/public/LINK,LINK?seconds=30</code>
      </p>
    </div>
  )
}

const NO_NIGHT = 'none'
const SECONDS = [
  { id: '10', label: '10 seconds' },
  { id: '20', label: '20 seconds' },
  { id: '30', label: '30 seconds' },
  { id: '60', label: '1 minute' },
  { id: '120', label: '2 minutes' },
  { id: '300', label: '5 minutes' },
] as const
const THEME_LABELS = { light: 'Light', dark: 'Dark', contrast: 'High contrast' } as const
const THEMES = [
  { id: 'own' as const, label: 'As the screen is set' },
  ...KIOSK_THEMES.map((id) => ({ id, label: THEME_LABELS[id] })),
]
const NIGHTS = [
  { id: NO_NIGHT, label: 'No' },
  { id: '18-7', label: 'From 18 to 7' },
  { id: '20-7', label: 'From 20 to 7' },
  { id: '22-6', label: 'From 22 to 6' },
]
const OPEN =
  'inline-flex h-8 items-center gap-1.5 rounded-md bg-accent px-2.5 font-medium text-on-accent hover:opacity-90'

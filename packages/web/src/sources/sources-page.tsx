import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { sourcesQuery } from '../api/sources.ts'
import { useIsAdmin } from '../app/rights.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { loadable } from '../widgets/loadable.ts'
import { NewSourceDialog } from './new-source-dialog.tsx'
import { SourceListView } from './source-list.tsx'
import { SourceRow } from './source-row.tsx'

/** Where events come from, and how each of them is doing. */
export function SourcesPage(): ReactElement {
  const sources = useQuery(sourcesQuery)
  const isAdmin = useIsAdmin()
  const [isMaking, setMaking] = useState(false)
  const make = isAdmin ? () => setMaking(true) : undefined
  return (
    <Page
      title="Sources"
      intro="Where events come from: websites, apps, servers, logs, webhooks."
      actions={
        make && (
          <Button look="primary" onPress={make}>
            <Plus size={14} aria-hidden /> New source
          </Button>
        )
      }
    >
      <SourceListView
        sources={loadable(sources, (list) => list)}
        row={(source) => <SourceRow key={source.name} source={source} />}
        onMake={make}
      />
      {isMaking && <NewSourceDialog onClose={() => setMaking(false)} />}
    </Page>
  )
}

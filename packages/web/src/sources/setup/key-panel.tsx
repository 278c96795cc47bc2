import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { createKey, keysQuery } from '../../api/keys.ts'
import type { Environment, Source } from '../../api/sources.ts'
import { useIsAdmin } from '../../app/rights.ts'
import { FormError } from '../../app/sign-in/entry-page.tsx'
import { CopyButton } from '../../settings/copy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { rememberFreshKey, useFreshKey } from './fresh-key.ts'

interface Props {
  readonly source: Source
  readonly environment: Environment
}

/** The key that was just made, or which ones there are and a way to another. */
export function KeyPanel({ source, environment }: Props): ReactElement {
  const secret = useFreshKey(source.name, environment)
  const isAdmin = useIsAdmin()
  if (secret) return <FreshKey secret={secret} />
  if (!isAdmin) return <p className="text-muted">An administrator can make a key for this source.</p>
  return <KnownKeys source={source} environment={environment} />
}

function FreshKey({ secret }: { secret: string }): ReactElement {
  return (
    <>
      <p className="text-pretty text-muted">
        This is the only time that the key is shown. It is in the snippet below, until you leave or reload this page.
      </p>
      <div className="flex flex-wrap items-start gap-2">
        <CodeBlock label="Key" text={secret} className="min-w-0 flex-1 basis-80" />
        <CopyButton text={secret} label="Copy the key" />
      </div>
    </>
  )
}

function KnownKeys({ source, environment }: Props): ReactElement {
  const client = useQueryClient()
  const keys = useQuery(keysQuery)
  const make = useMutation({
    mutationFn: () => {
      const name = environment === 'sandbox' ? `${source.label} (sandbox)` : source.label
      return createKey({ name, scopes: ['ingest'], source: source.name, environment })
    },
    onSuccess: (secret) => {
      rememberFreshKey(client, source.name, environment, secret)
      void client.invalidateQueries({ queryKey: keysQuery.queryKey })
    },
  })
  const usable = keys.data?.filter(
    (key) =>
      key.source === source.name &&
      !key.revokedAt &&
      key.scopes.includes('ingest') &&
      (key.environment ?? environment) === environment,
  )
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-64 text-pretty text-muted">
          {usable && keysText(usable.map(({ prefix }) => prefix))}
        </p>
        <Button isDisabled={make.isPending} onPress={() => make.mutate()}>
          Make a new key
        </Button>
      </div>
      <FormError error={make.error} />
    </>
  )
}

function keysText(prefixes: readonly string[]): string {
  const [first, ...others] = prefixes
  if (first === undefined) return 'There is no key for this environment yet.'
  if (others.length === 0)
    return `The key alm_${first}_… can’t be shown again. Use it if you have kept it, or make a new one.`
  return `There are ${prefixes.length} keys, and they can’t be shown again. Use one that you have kept, or make a new one.`
}

import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useState } from 'react'
import { type BiConnection, biConnectionQuery, readBiPassword } from '../api/bi.ts'
import { useIsAdmin } from '../app/rights.ts'
import { FormError } from '../app/sign-in/entry-page.tsx'
import { CopyButton } from '../settings/copy-button.tsx'
import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Page } from '../ui/page.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { type Loadable, loadable } from '../widgets/loadable.ts'
import { ErrorNote } from '../widgets/widget-notes.tsx'
import { toolGuides, tunnelCommand, viewsByCube } from './tool-guides.ts'

/** How spreadsheets, Grafana, Tableau and the like read the figures. */
export function ToolsPage(): ReactElement {
  const connection = useQuery(biConnectionQuery)
  return (
    <Page title="Other tools" intro="Spreadsheets, Grafana, Tableau and the like read the same figures from here.">
      <ToolsView connection={loadable(connection, (one) => one)} />
    </Page>
  )
}

function ToolsView({ connection: { data, error, retry } }: { connection: Loadable<BiConnection> }): ReactElement {
  if (data) return <Connected connection={data} />
  return (
    <Card title="Connection">
      <div className="h-40">
        {error ? (
          <ErrorNote error={error} retry={retry} />
        ) : (
          <div role="status" aria-label="Loading" className="skeleton h-full" />
        )}
      </div>
    </Card>
  )
}

function Connected({ connection }: { connection: BiConnection }): ReactElement {
  const { host, port, database, user, isEmbedded, problems, views } = connection
  const guides = toolGuides(connection, window.location.origin)
  const [chosen, setChosen] = useState(guides[0]?.id ?? '')
  const guide = guides.find(({ id }) => id === chosen)
  return (
    <>
      <Card title="In a tool">
        <Tabs
          label="Tools"
          value={chosen}
          tabs={guides.map(({ id, name }) => ({ id, label: name }))}
          onChange={setChosen}
        >
          {guide && (
            <div className="flex flex-col gap-3">
              <ol className="list-decimal pl-5 text-pretty">
                {guide.steps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
              {guide.texts.map(({ label, text }) => (
                <Copyable key={label} label={label} text={text} />
              ))}
            </div>
          )}
        </Tabs>
      </Card>
      <Card title="Connection to ClickHouse">
        <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-6 gap-y-1.5">
          <Fact name="Host">{host}</Fact>
          <Fact name="Port">{port} (HTTP)</Fact>
          <Fact name="Database">{database}</Fact>
          <Fact name="User">{user}, who can only read</Fact>
          <Fact name="Password">
            <Password />
          </Fact>
        </dl>
        {isEmbedded && (
          <div className="flex flex-col gap-2">
            <p className="text-pretty text-muted">
              It listens on its own machine only. From another one, open a tunnel and connect to {host} there:
            </p>
            <Copyable label="Tunnel" text={tunnelCommand(connection, window.location.hostname)} />
          </div>
        )}
        {problems.map(({ view, reason }) => (
          <p key={view} role="alert" className="text-negative">
            <bdi className="font-mono">{view}</bdi> is missing: {reason}
          </p>
        ))}
      </Card>
      <Card title="Views">
        <p className="text-pretty text-muted">
          A column whose name ends with a time, such as visitors_daily_uniques, is right in each row alone: never add it
          up.
        </p>
        <dl className="flex flex-col gap-2">
          {viewsByCube(views).map(({ cube, views: names }) => (
            <div key={cube}>
              <dt className="font-medium">{cube}</dt>
              <dd className="font-mono text-sm text-muted wrap-anywhere">{names.join(', ')}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </>
  )
}

function Card({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return (
    <section aria-label={title} className="card flex flex-col gap-3 p-4">
      <h2 className="text-md font-semibold">{title}</h2>
      {children}
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactElement {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  )
}

function Copyable({ label, text }: { label: string; text: string }): ReactElement {
  return (
    <div className="flex flex-col gap-1">
      <span aria-hidden className="text-sm text-muted">
        {label}
      </span>
      <div className="flex items-start gap-2 max-sm:flex-col">
        <CodeBlock label={label} text={text} className="min-w-0 flex-1 max-sm:w-full" />
        <CopyButton text={text} label="Copy" isTall />
      </div>
    </div>
  )
}

function Password(): ReactElement {
  const isAdmin = useIsAdmin()
  const read = useMutation({ mutationFn: readBiPassword })
  if (!isAdmin) return <span className="text-muted">an admin knows it</span>
  if (read.data !== undefined) return <span className="font-mono text-sm wrap-anywhere">{read.data}</span>
  return (
    <span className="flex flex-col gap-2">
      <span>
        <Button isDisabled={read.isPending} onPress={() => read.mutate()}>
          Show the password
        </Button>
      </span>
      <FormError error={read.error} />
    </span>
  )
}

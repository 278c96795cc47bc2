import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useState } from 'react'
import { Form } from 'react-aria-components'
import { type ApiError, toApiError } from '../../api/api-error.ts'
import { type Source, sourceQuery, sourcesQuery, updateSource } from '../../api/sources.ts'
import { useIsAdmin } from '../../app/rights.ts'
import { FormProblem } from '../../app/sign-in/form-problem.tsx'
import { timezoneLabel, timezoneOptions } from '../../dashboards/ranges/timezone-options.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { ChoiceCards } from '../../ui/choice-cards.tsx'
import { Labelled } from '../../ui/labelled.tsx'
import { SearchSelect } from '../../ui/search-select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useFocusProblem } from '../../ui/use-focus-problem.ts'
import { PRIVACY_CHOICES } from './privacy-modes.ts'
import { changeOf, draftOf, problemOf, type SettingsDraft } from './settings-form.ts'

/** What is taken from the source and what is kept of it. */
export function SettingsTab({ source }: { source: Source }): ReactElement {
  const client = useQueryClient()
  const isAdmin = useIsAdmin()
  const [label, setLabel] = useState(source.label)
  const [draft, setDraft] = useState(() => draftOf(source.settings))
  const change = changeOf(source.settings, draft)
  const isChanged = label !== source.label || Object.keys(change).length > 0
  const save = useMutation({
    mutationFn: () =>
      updateSource(source.name, { ...(label !== source.label && { label: label.trim() }), settings: change }),
    onSuccess: (saved) => {
      // As the server keeps it: host names in small letters, for one.
      setLabel(saved.label)
      setDraft(draftOf(saved.settings))
      client.setQueryData(sourceQuery(source.name).queryKey, saved)
      void client.invalidateQueries({ queryKey: sourcesQuery.queryKey, exact: true })
    },
  })
  const error = save.error ? toApiError(save.error) : undefined
  return (
    <Form
      ref={useFocusProblem(save.error)}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Fields
        label={label}
        onLabel={setLabel}
        draft={draft}
        error={error}
        onChange={(part) => setDraft({ ...draft, ...part })}
      />
      <footer className="sticky bottom-0 -mx-1 flex flex-col gap-3 border-t border-line bg-canvas px-1 py-3">
        <FormProblem error={error} />
        <div className="flex items-center justify-end gap-4">
          <p role="status" className="text-muted">
            {save.isSuccess && !isChanged ? 'Saved. It holds for events from now on.' : ''}
            {isAdmin ? '' : 'An administrator can change these.'}
          </p>
          <Button look="primary" type="submit" isDisabled={!isAdmin || !isChanged || save.isPending}>
            {save.isPending ? 'Saving…' : 'Save'}
          </Button>
        </div>
      </footer>
    </Form>
  )
}

interface FieldsProps {
  readonly label: string
  readonly onLabel: (label: string) => void
  readonly draft: SettingsDraft
  readonly error: ApiError | undefined
  readonly onChange: (part: Partial<SettingsDraft>) => void
}

function Fields({ label, onLabel, draft, error, onChange }: FieldsProps): ReactElement {
  const field = (name: TextSetting) => ({
    value: draft[name],
    onChange: (value: string) => onChange({ [name]: value }),
    problem: problemOf(error, name),
    validationBehavior: 'aria' as const,
    spellCheck: 'false' as const,
  })
  return (
    <>
      <Group title="Name" note="What people call this source. Its name in keys and filters stays as it is.">
        <TextField
          label="Label"
          value={label}
          onChange={onLabel}
          maxLength={200}
          problem={problemOf(error, 'label')}
          validationBehavior="aria"
          isRequired
        />
      </Group>
      <Group
        title="Privacy"
        note="How much of a person is used and kept. The IP address is stored in none of the modes."
      >
        <ChoiceCards
          label="Mode"
          value={draft.privacy}
          options={PRIVACY_CHOICES}
          onChange={(privacy) => onChange({ privacy })}
        />
        <Checkbox
          label="Respect Do Not Track"
          note="Events of browsers that ask for it are left out."
          isSelected={draft.respectDoNotTrack}
          onChange={(respectDoNotTrack) => onChange({ respectDoNotTrack })}
        />
        <Checkbox
          label="Respect Global Privacy Control"
          note="The newer signal, which some laws want to be respected."
          isSelected={draft.respectGlobalPrivacyControl}
          onChange={(respectGlobalPrivacyControl) => onChange({ respectGlobalPrivacyControl })}
        />
      </Group>
      <Group
        title="What is taken"
        note="What is left out is counted under Health, and the client is told that all went well."
      >
        <TextField
          label="Allowed origins"
          description="Host names that events of browsers may come from, one a line. Empty: any."
          placeholder={'www.example.com\n*.example.com'}
          rows={3}
          {...field('allowedOrigins')}
        />
        <TextField
          label="Blocked addresses"
          description="IP addresses and ranges, such as your office’s, one a line."
          placeholder={'192.0.2.7\n192.0.2.0/24\n2001:db8::/32'}
          rows={3}
          {...field('blockedAddresses')}
        />
        <TextField
          label="Blocked paths"
          description="Pages that are not counted, one a line; * stands for anything."
          placeholder={'/admin/*\n/health'}
          rows={3}
          {...field('blockedPaths')}
        />
        <TextField
          label="Events a second, at most"
          description="Beyond it, clients are told to come again later. Empty: no limit."
          inputMode="decimal"
          placeholder="No limit"
          {...field('eventsPerSecond')}
        />
      </Group>
      <Group title="Visits" note="How events of one visitor become visits, and where the days of this source begin.">
        <TextField
          label="Hosts of the site"
          description="Links between them are no referrals, one a line. Needed for log files, which seldom name the host, and for sites of several hosts."
          placeholder={'www.example.com\nshop.example.com'}
          rows={3}
          {...field('siteHosts')}
        />
        <ChoiceCards
          label="When a visit ends"
          value={draft.visitRule}
          options={VISIT_RULES}
          onChange={(visitRule) => onChange({ visitRule })}
        />
        <Labelled label="Time zone">
          <SearchSelect
            label="Time zone"
            value={draft.timezone}
            valueLabel={timezoneLabel(draft.timezone)}
            options={() => timezoneOptions(Temporal.Now.instant(), draft.timezone)}
            onChange={(timezone) => onChange({ timezone })}
          />
        </Labelled>
        {problemOf(error, 'timezone') && <p className="text-sm text-negative">{problemOf(error, 'timezone')}</p>}
      </Group>
    </>
  )
}

type TextSetting = 'allowedOrigins' | 'blockedAddresses' | 'blockedPaths' | 'siteHosts' | 'eventsPerSecond'

const VISIT_RULES = [
  {
    id: 'standard',
    label: 'Standard',
    note: 'After 30 minutes without an event. Midnight and new campaigns end nothing.',
  },
  {
    id: 'matomo',
    label: 'As Matomo',
    note: 'Also at midnight in the source’s time zone, and when a new campaign begins.',
  },
] as const

function Group({ title, note, children }: { title: string; note: string; children: ReactNode }): ReactElement {
  return (
    <section aria-label={title} className="card grid gap-x-8 gap-y-4 p-4 lg:grid-cols-[16rem_minmax(0,1fr)]">
      <header>
        <h2 className="text-md font-semibold">{title}</h2>
        <p className="text-pretty text-muted">{note}</p>
      </header>
      <div className="flex max-w-xl min-w-0 flex-col gap-4">{children}</div>
    </section>
  )
}

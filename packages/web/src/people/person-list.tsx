import { formatAgo } from '@almanac/core/charts/format/format-time.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, KeyRound, UserMinus } from 'lucide-react'
import type { ReactElement } from 'react'
import { Menu, MenuTrigger, Popover } from 'react-aria-components'
import { toApiError } from '../api/api-error.ts'
import { changeRole, type Person, peopleQuery, type Role } from '../api/people.ts'
import { sessionQuery } from '../api/queries.ts'
import { FormError } from '../app/sign-in/entry-page.tsx'
import { Button } from '../ui/button.tsx'
import { MenuItem } from '../ui/menu.tsx'
import { POPOVER } from '../ui/popover.tsx'
import { Select } from '../ui/select.tsx'
import type { Loadable } from '../widgets/loadable.ts'
import { RowsSkeleton } from '../widgets/rows-skeleton.tsx'
import { ErrorNote } from '../widgets/widget-notes.tsx'
import { PersonTable } from './person-table.tsx'
import { isLastAdmin, ROLE_OPTIONS, ROLE_WORDS } from './role-words.ts'

interface Props {
  readonly people: Loadable<readonly Person[]>
  /** The id of whoever looks. */
  readonly me: string | undefined
  readonly now: Temporal.Instant
  readonly onPassword: (person: Person) => void
  readonly onRemove: (person: Person) => void
}

export function PersonList({ people, ...rest }: Props): ReactElement {
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: ({ id, role }: { id: string; role: Role }) => changeRole(id, role),
    onSettled: (_, __, { id }) => {
      void client.invalidateQueries({ queryKey: peopleQuery.queryKey })
      if (id === rest.me) void client.invalidateQueries({ queryKey: sessionQuery.queryKey })
    },
  })
  return (
    <>
      <FormError error={change.error} />
      <PersonListView {...rest} people={people} onRole={({ id }, role) => change.mutate({ id, role })} />
    </>
  )
}

interface ViewProps extends Props {
  readonly onRole: (person: Person, role: Role) => void
}

export function PersonListView({ people: { data, error, retry }, ...rest }: ViewProps): ReactElement {
  return (
    <section
      aria-label="People"
      aria-busy={!data && !error}
      className={`card overflow-x-auto ${data ? '' : 'min-h-60'}`}
    >
      {!data && (error ? <ErrorNote error={toApiError(error)} retry={retry} /> : <RowsSkeleton count={6} />)}
      {data && (
        <PersonTable since="Last here">
          {data.map((person) => (
            <PersonRow key={person.id} {...rest} person={person} isLast={isLastAdmin(person, data)} />
          ))}
        </PersonTable>
      )}
    </section>
  )
}

interface RowProps extends Omit<ViewProps, 'people'> {
  readonly person: Person
  /** The only one who could invite another. */
  readonly isLast: boolean
}

function PersonRow({ person, isLast, me, now, onRole, onPassword, onRemove }: RowProps): ReactElement {
  const { name, email, role, lastSeenAt } = person
  const seen = lastSeenAt === null ? 'Never' : formatAgo(Temporal.Instant.from(lastSeenAt), now)
  return (
    <tr className="border-t border-line">
      <th scope="row" className="px-4 py-2 font-medium">
        <span className="flex items-baseline gap-2">
          <bdi title={name} className="min-w-0 truncate">
            {name || email}
          </bdi>
          {person.id === me && <span className="shrink-0 text-sm font-normal text-faint">You</span>}
        </span>
        <span title={email} className="block truncate text-sm font-normal text-muted">
          {email}
        </span>
        <span className="figures block truncate text-sm font-normal text-faint md:hidden">{seen}</span>
      </th>
      <td className="figures px-4 py-2 whitespace-nowrap text-muted max-md:hidden">{seen}</td>
      <td className="px-2 py-2">
        {isLast ? (
          <>
            <span className="block px-2.5 font-medium">{ROLE_WORDS[role].label}</span>
            <span className="block px-2.5 text-sm whitespace-nowrap text-faint">The only one</span>
          </>
        ) : (
          <Select
            label={`Role of ${name || email}`}
            value={role}
            options={ROLE_OPTIONS}
            onChange={(next) => next !== role && onRole(person, next)}
          />
        )}
      </td>
      <td className="py-2 pr-2 text-right">
        <PersonMenu person={person} isLast={isLast} onPassword={onPassword} onRemove={onRemove} />
      </td>
    </tr>
  )
}

function PersonMenu({
  person,
  isLast,
  onPassword,
  onRemove,
}: Pick<RowProps, 'person' | 'isLast' | 'onPassword' | 'onRemove'>) {
  return (
    <MenuTrigger>
      <Button look="quiet" isIcon aria-label={`More about ${person.name || person.email}`}>
        <Ellipsis size={16} aria-hidden />
      </Button>
      <Popover placement="bottom end" offset={4} className={`${POPOVER} w-52`}>
        <Menu aria-label={person.name || person.email} className="p-1 outline-none">
          <MenuItem
            id="password"
            text="New password…"
            icon={<KeyRound size={14} aria-hidden className="text-faint" />}
            onAction={() => onPassword(person)}
          />
          {!isLast && (
            <MenuItem
              id="remove"
              text="Remove…"
              icon={<UserMinus size={14} aria-hidden className="text-faint" />}
              onAction={() => onRemove(person)}
            />
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

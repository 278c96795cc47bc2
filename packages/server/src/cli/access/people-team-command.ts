import { AppError } from '@almanac/core/errors.ts'
import { Argument, type Command, Option } from 'commander'
import { USER_ROLES } from '../../accounts/user.ts'
import { callServer, type ServerAddress } from '../api-client.ts'
import { formatTable } from '../ask/format-rows.ts'
import type { CommandDeps } from '../command-deps.ts'
import { printAddress } from '../given-address.ts'

interface Person {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: string
  readonly lastSeenAt: string | null
}

interface Invitation extends Omit<Person, 'lastSeenAt'> {
  readonly expiresAt: string
}

interface Team {
  readonly people: readonly Person[]
  readonly invitations: readonly Invitation[]
}

interface DataDir {
  readonly dataDir: string
}

/** Who has an account. People are named by their e-mail addresses. */
export function addTeamCommands(command: Command, deps: CommandDeps): void {
  command.commandsGroup('People with an account:')
  command
    .command('list')
    .description('List the people with an account, and those who are invited')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac people list')
    .action(async ({ dataDir }: DataDir) => {
      const { people, invitations } = await deps.withServer(dataDir, readTeam)
      const rows = [...people.map(personRow), ...invitations.map(invitationRow)]
      deps.stdout(formatTable({ columns: ['e-mail', 'name', 'role', 'last here'], rows }))
    })

  command
    .command('invite')
    .description('Invite a person; the address to be sent to them is printed once')
    .argument('<email>', 'theirs')
    .option('--name <name>', 'how they are called (default: what is before the @)')
    .addOption(new Option('--role <role>').choices(USER_ROLES).default('viewer'))
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', INVITE_HELP)
    .action(async (email: string, { name, role, dataDir }: DataDir & { name?: string; role: string }) => {
      const body = { email, name: name ?? email.split('@')[0], role }
      await deps.withServer(dataDir, async (server) => {
        const made = JSON.parse(await callServer(server, 'POST', '/api/v1/people/invitations', body))
        printAddress(made, server, deps)
        deps.stderr(`Send it to ${email}. It works once, until ${made.invitation.expiresAt}, and is not shown again.\n`)
      })
    })

  command
    .command('role')
    .description('Give a person another role; it is in force at once')
    .argument('<email>', 'from almanac people list')
    .addArgument(new Argument('<role>', 'what they may do').choices(USER_ROLES))
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac people role grace@example.com editor')
    .action(async (email: string, role: string, { dataDir }: DataDir) => {
      await deps.withServer(dataDir, async (server) => {
        const person = ofEmail((await readTeam(server)).people, email) ?? unknown(email)
        await callServer(server, 'PATCH', `/api/v1/people/${person.id}`, { role })
      })
      deps.stderr(`${email} is ${role} now.\n`)
    })

  command
    .command('password')
    .description('Let a person choose a new password; the address to be sent to them is printed once')
    .argument('<email>', 'from almanac people list')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac people password grace@example.com')
    .action(async (email: string, { dataDir }: DataDir) => {
      await deps.withServer(dataDir, async (server) => {
        const person = ofEmail((await readTeam(server)).people, email) ?? unknown(email)
        const made = JSON.parse(await callServer(server, 'POST', `/api/v1/people/${person.id}/password-link`))
        printAddress(made, server, deps)
        deps.stderr(`Send it to ${email}. It works once, until ${made.expiresAt}, and is not shown again.\n`)
      })
    })

  command
    .command('remove')
    .description('Remove a person, or withdraw an invitation: they are logged out at once')
    .argument('<email>', 'from almanac people list')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', REMOVE_HELP)
    .action(async (email: string, { dataDir }: DataDir) => {
      const done = await deps.withServer(dataDir, (server) => remove(server, email))
      deps.stderr(`${email} ${done}.\n`)
    })
}

/** Answers with what was done. */
async function remove(server: ServerAddress, email: string): Promise<string> {
  const { people, invitations } = await readTeam(server)
  const person = ofEmail(people, email)
  const invitation = ofEmail(invitations, email)
  if (!person && !invitation) unknown(email)
  if (person) await callServer(server, 'DELETE', `/api/v1/people/${person.id}`)
  if (invitation) await callServer(server, 'DELETE', `/api/v1/people/invitations/${invitation.id}`)
  return person ? 'is removed' : 'is not invited any more'
}

async function readTeam(server: ServerAddress): Promise<Team> {
  return JSON.parse(await callServer(server, 'GET', '/api/v1/people'))
}

function ofEmail<T extends { readonly email: string }>(people: readonly T[], email: string): T | undefined {
  return people.find((one) => one.email.toLowerCase() === email.toLowerCase())
}

function unknown(email: string): never {
  throw new AppError('not_found', `There is nobody with the e-mail address ${email}`, {
    hint: 'See: almanac people list',
  })
}

const personRow = ({ email, name, role, lastSeenAt }: Person) => [email, name, role, lastSeenAt ?? 'never']
const invitationRow = ({ email, name, role, expiresAt }: Invitation) => [
  email,
  name,
  role,
  `invited until ${expiresAt}`,
]

const INVITE_HELP = `
A viewer sees dashboards, an editor makes them and writes SQL, an admin manages everything. Inviting the same address again ends the
earlier invitation.

Examples:
  almanac people invite grace@example.com
  almanac people invite grace@example.com --name "Grace Hopper" --role editor`

const REMOVE_HELP = `
Boards of theirs that others can see stay, private ones become the admins'. Links to boards and API keys go on. What is stored of
somebody as a visitor is not touched: for that, see almanac people erase.

Example:
  almanac people remove grace@example.com`

import type { Command, Option } from 'commander'

/** All commands as a page of the documentation: the help texts are the only place where they are described. */
export function commandReference(program: Command): string {
  return [
    '# The command line',
    '',
    'Made from the help texts of the commands; `almanac <command> --help` says the same.',
    '',
    program.description(),
    ...commandsOf(program).flatMap((command) => section(command, 'almanac', 2)),
    '',
  ].join('\n')
}

function section(command: Command, parent: string, level: number): string[] {
  const name = `${parent} ${command.name()}`
  const inner = commandsOf(command)
  return [
    '',
    `${'#'.repeat(level)} ${name}`,
    '',
    command.description(),
    ...(inner.length > 0 ? [] : usage(command, name)),
    ...afterHelp(command),
    ...inner.flatMap((one) => section(one, name, level + 1)),
  ]
}

function commandsOf(command: Command): Command[] {
  const visible = command.createHelp().visibleCommands(command)
  return visible.filter((one) => one.name() !== 'help')
}

function usage(command: Command, name: string): string[] {
  const given = command.registeredArguments.map((one) => {
    const label = `${one.name()}${one.variadic ? '...' : ''}`
    return [one.required ? `<${label}>` : `[${label}]`, withChoices(one.description, one.argChoices)] as const
  })
  const visible = command.createHelp().visibleOptions(command)
  const options = visible.filter(({ long }) => long !== '--help').map((one) => [one.flags, withDefault(one)] as const)
  const line = [name, ...given.map(([label]) => label), ...(options.length > 0 ? ['[options]'] : [])].join(' ')
  const rows = [...given, ...options].map(([label, text]) => `| \`${label}\` | ${text.replaceAll('|', '\\|')} |`)
  const table = rows.length > 0 ? ['', '| | |', '| --- | --- |', ...rows] : []
  return ['', '```sh', line, '```', ...table]
}

function withDefault({ description, argChoices, defaultValue, mandatory }: Option): string {
  // An empty list, or none at all.
  const value = String(defaultValue ?? '') || undefined
  const notes = [...(mandatory ? ['needed'] : []), ...(value === undefined ? [] : [`default: ${value}`])]
  return `${withChoices(description, argChoices)}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`
}

function withChoices(description: string, choices: readonly string[] | undefined): string {
  return choices ? `${description}${description ? ': ' : ''}${choices.join(', ')}` : description
}

/** Prose, and examples as code. */
function afterHelp(command: Command): string[] {
  let text = ''
  command.configureOutput({ writeOut: (more) => (text += more) })
  command.outputHelp()
  const after = text.slice(command.helpInformation().length).trim()
  if (after === '') return []
  return after.split(/\n\n+/).flatMap((block) => {
    const examples = /^(Examples?):\n([\s\S]*)$/.exec(block)?.[2]
    if (examples !== undefined) return ['', '```sh', ...examples.split('\n').map(unindented), '```']
    return /^ {2}/m.test(block) ? ['', '```', block, '```'] : ['', block]
  })
}

const unindented = (line: string) => line.replace(/^ {2}/, '')

import { useQuery } from '@tanstack/react-query'
import { Contrast, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react'
import { type ReactElement, useState, useSyncExternalStore } from 'react'
import { Button, Header, Menu, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { sessionQuery } from '../../api/queries.ts'
import { LazyDialog } from '../../lazy/lazy-dialog.tsx'
import { lazyPart } from '../../lazy/lazy-part.ts'
import { MenuItem } from '../../ui/menu.tsx'
import { POPOVER } from '../../ui/popover.tsx'
import { chooseTheme, chosenTheme, onThemeChange, THEMES, type Theme } from '../../ui/theme.ts'
import { useSignOut } from './use-sign-out.ts'

export const THEME_LABELS: Record<Theme, string> = {
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
  contrast: 'High contrast',
}
const THEME_ICONS: Record<Theme, ReactElement> = {
  system: <Monitor size={14} aria-hidden className="text-faint" />,
  light: <Sun size={14} aria-hidden className="text-faint" />,
  dark: <Moon size={14} aria-hidden className="text-faint" />,
  contrast: <Contrast size={14} aria-hidden className="text-faint" />,
}

const ACCOUNT = lazyPart(() => import('../../account/account-dialog.tsx'))

/** Who is logged in, and what they may change about it; colours; the way out. */
export function AccountMenu(): ReactElement {
  const { data: user } = useQuery(sessionQuery)
  const theme = useSyncExternalStore(onThemeChange, chosenTheme)
  const signOut = useSignOut()
  const [isOpen, setOpen] = useState(false)
  const name = user?.name || user?.email || 'Account'
  return (
    <>
      <MenuTrigger>
        <Button aria-label={`Account of ${name}`} className={TRIGGER}>
          {/* As a picture, not as text: the button is called by the whole name. */}
          <span aria-hidden data-initials={initialsOf(name)} className={INITIALS} />
          <span className="truncate font-medium max-lg:hidden">{name}</span>
        </Button>
        <Popover placement="top start" offset={6} className={`${POPOVER} w-56`}>
          <Menu aria-label="Account" className="outline-none">
            <MenuSection className="p-1" aria-label="Signed in">
              <Header className="px-2 py-1.5">
                <span className="block truncate font-medium">{name}</span>
                <span className="block truncate text-sm text-muted">{user?.email}</span>
              </Header>
              <MenuItem
                id="account"
                text="Account"
                icon={<UserRound size={14} aria-hidden className="text-faint" />}
                onAction={() => setOpen(true)}
              />
            </MenuSection>
            <Separator className="h-px bg-line" />
            <MenuSection
              className="p-1"
              selectionMode="single"
              disallowEmptySelection
              selectedKeys={[theme]}
              onSelectionChange={(keys) => {
                const next = THEMES.find((one) => keys !== 'all' && keys.has(one))
                if (next) chooseTheme(next)
              }}
            >
              <Header className="px-2 py-1 text-sm font-medium text-muted">Colours</Header>
              {THEMES.map((one) => (
                <MenuItem key={one} id={one} text={THEME_LABELS[one]} icon={THEME_ICONS[one]} />
              ))}
            </MenuSection>
            <Separator className="h-px bg-line" />
            <MenuSection className="p-1" aria-label="Session">
              <MenuItem
                id="sign-out"
                text="Sign out"
                icon={<LogOut size={14} aria-hidden className="text-faint" />}
                onAction={signOut}
              />
            </MenuSection>
          </Menu>
        </Popover>
      </MenuTrigger>
      {isOpen && <LazyDialog part={ACCOUNT} props={{ onClose: () => setOpen(false) }} />}
    </>
  )
}

function initialsOf(name: string): string {
  const words = name.split(/[\s@.]+/).filter(Boolean)
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('')
}

const INITIALS =
  'grid size-6 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent-ink before:content-[attr(data-initials)]'
const TRIGGER =
  'flex h-9 w-full items-center gap-2 rounded-md px-1.5 text-left hover:bg-hover pressed:bg-hover sm:max-lg:justify-center'

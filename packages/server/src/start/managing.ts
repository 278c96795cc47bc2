import { createKey, listKeys, revokeKey } from '../accounts/keys/key-store.ts'
import { addSourceName, listSourceNames } from '../accounts/sources/source-names.ts'
import { changeSource, createSource, findSource, listSources, rememberSiteHosts } from '../accounts/sources/sources.ts'
import type { AppDeps } from '../http/app.ts'
import type { Registers } from './open-registers.ts'
import type { Stores } from './open-stores.ts'

type Managing = Pick<
  AppDeps,
  | 'listKeys'
  | 'createKey'
  | 'revokeKey'
  | 'listSources'
  | 'findSource'
  | 'createSource'
  | 'changeSource'
  | 'rememberSite'
  | 'listSourceNames'
  | 'addSourceName'
  | 'links'
>

/** Keys and sources as people change them. What was changed here is in force here at once. */
export function managing({ db, pool }: Stores, { keyRing, sourceRing, sourceNames, links }: Registers): Managing {
  return {
    listKeys: () => listKeys(db),
    createKey: async (key, createdBy) => {
      const created = await createKey(db, key, createdBy)
      await keyRing.refresh()
      return created
    },
    revokeKey: async (id) => {
      await revokeKey(db, id, new Date())
      await keyRing.refresh()
    },
    listSources: () => listSources(db),
    findSource: (name) => findSource(db, name),
    createSource: async (source) => {
      const created = await createSource(db, source)
      await sourceRing.refresh()
      return created
    },
    changeSource: async (name, change) => {
      const changed = await changeSource(db, name, change)
      await sourceRing.refresh()
      return changed
    },
    rememberSite: async (name, hosts) => {
      await rememberSiteHosts(db, name, hosts)
      await sourceRing.refresh()
    },
    listSourceNames: () => listSourceNames(pool),
    addSourceName: async (name) => {
      const added = await addSourceName(pool, name)
      await sourceNames.refresh()
      return added
    },
    links,
  }
}

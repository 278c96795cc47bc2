import type { Viewer } from '../../../boards/viewer.ts'
import { mayUse, type Principal } from '../../access/access.ts'
import { principalName } from '../../access/principal-name.ts'

/** As whom somebody who is let in looks at boards. */
export function viewerOf(principal: Principal | undefined): Viewer {
  return {
    userId: principal?.kind === 'user' ? principal.user.id : undefined,
    isAdmin: mayUse('admin', principal),
    mayEdit: mayUse('edit', principal),
    name: principalName(principal),
  }
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { type ApiKey, keysQuery, revokeKey } from '../api/keys.ts'
import { NotForRolePage } from '../app/errors/not-for-role-page.tsx'
import { useIsAdmin } from '../app/rights.ts'
import { FormError } from '../app/sign-in/entry-page.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Page } from '../ui/page.tsx'
import { loadable } from '../widgets/loadable.ts'
import { KeyListView } from './key-list.tsx'
import { NewKeyDialog } from './new-key-dialog.tsx'

/** Keys with which programs send events and read figures. */
export function KeysPage(): ReactElement {
  if (useIsAdmin()) return <Keys />
  return (
    <NotForRolePage title="API keys" reason="Keys are made by admins">
      Ask one of them for a key, and say what your program is to do with it.
    </NotForRolePage>
  )
}

function Keys(): ReactElement {
  const keys = useQuery(keysQuery)
  const [isMaking, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey>()
  return (
    <Page
      title="API keys"
      intro="With a key, a program sends events to this server or reads figures from it."
      actions={
        <Button look="primary" onPress={() => setMaking(true)}>
          <Plus size={14} aria-hidden /> New key
        </Button>
      }
    >
      <KeyListView
        keys={loadable(keys, (list) => list)}
        now={Temporal.Now.instant()}
        onMake={() => setMaking(true)}
        onRevoke={setRevoking}
      />
      {isMaking && <NewKeyDialog onClose={() => setMaking(false)} />}
      {revoking && <RevokeDialog apiKey={revoking} onClose={() => setRevoking(undefined)} />}
    </Page>
  )
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }): ReactElement {
  const client = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => revokeKey(apiKey.id),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keysQuery.queryKey })
      onClose()
    },
  })
  return (
    <Dialog title="Revoke this key?" isOpen isSmall onClose={onClose}>
      <div className="flex flex-col gap-4 p-4">
        <p className="text-pretty">
          <bdi className="font-medium wrap-anywhere">{apiKey.name}</bdi> stops working at once, for every program that
          uses it. This can’t be undone.
        </p>
        <FormError error={revoke.error} />
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>Keep it</Button>
          <Button look="danger" isDisabled={revoke.isPending} onPress={() => revoke.mutate()}>
            Revoke
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

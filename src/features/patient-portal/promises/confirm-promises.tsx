import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { sayAboutPromise } from '#client/queries/goals/promises.ts'
import type { Action } from '#domain/goal/goal.ts'
import { promiseState } from '#domain/goal/promise-state.ts'
import { PromiseWords } from '#features/parts/promises/promise-words.tsx'
import { NotSaved } from '#features/patient-portal/not-saved.tsx'
import type { MyHouse } from '#features/patient-portal/use-my-house.ts'
import { Button } from '#ui/layout/button.tsx'
import { ShortList } from '#ui/layout/short-list.tsx'

/** What waits for the person’s last word: it is done and reviewed. */
export function ConfirmPromises({ mine: { house, day } }: { mine: MyHouse }) {
  const waiting = house.actions.filter(
    (each) => promiseState(each, day) === 'done' && each.review && !each.confirmed,
  )
  if (waiting.length === 0 || house.died) return null
  return (
    <section aria-labelledby="finished-title">
      <h3 id="finished-title">
        <Trans>Is this finished for you?</Trans>
      </h3>
      <ShortList
        className="my-rows"
        most={1}
        items={waiting.map((action) => (
          <li key={action.id}>
            <OneToConfirm action={action} />
          </li>
        ))}
      />
    </section>
  )
}

function OneToConfirm({ action }: { action: Action }) {
  const { t } = useLingui()
  const [id] = useState(() => crypto.randomUUID())
  const saving = useSaveState()
  return (
    <>
      <p>
        <b>{action.what}</b>
      </p>
      <PromiseWords action={action} />
      <NotSaved problem={saving.problem} />
      <Button
        variant="outline"
        pending={saving.pending}
        aria-label={t`Yes, it is finished: ${action.what}`}
        onClick={() =>
          void saving.run(() => sayAboutPromise('promise-confirmed', { id, action, words: '' }))
        }
      >
        <Trans>Yes, it is finished</Trans>
      </Button>
    </>
  )
}

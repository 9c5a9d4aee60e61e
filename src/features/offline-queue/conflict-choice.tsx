import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useWork } from '#client/forms/use-async-action.ts'
import { chooseFor } from '#client/offline/use-offline.ts'
import { placeText } from '#domain/sync/place-text.ts'
import type { Trouble, WaitingSave } from '#domain/sync/queued-save.ts'
import { type Chosen, wordsOfBoth } from '#domain/sync/rebase.ts'
import { ConflictPanel } from '#ui/forms/conflict-panel.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { useSayDay } from '#ui/text/use-day-text.ts'
import { NotDone } from './not-done.tsx'

type Choice = Extract<Trouble, { why: 'choice' }>

/** Both texts and both authors of a place that two people changed; one choice sends the save on its way. */
export function WaitingChoice({ save, trouble }: { save: WaitingSave; trouble: Choice }) {
  const { t } = useLingui()
  const sayDay = useSayDay()
  const [text, setText] = useState<string>()
  const { pending, failure, run } = useWork()
  const words = wordsOfBoth(trouble.places)
  const choose = (chosen: Chosen) => void run(() => chooseFor(save, chosen))
  const side = (of: 'mine' | 'theirs' | 'base') =>
    trouble.places.map((place) => placeText(place[of], sayDay)).join('\n')
  if (text !== undefined) {
    return (
      <div className="gable-form">
        <TextArea
          label={t`Combined text`}
          {...(trouble.places.length > 1
            ? { hint: t`Everything else stays as you wrote it.` }
            : {})}
          rows={4}
          value={text}
          onChange={setText}
        />
        {failure ? <NotDone /> : null}
        <div className="gable-save-bar">
          <Button
            pending={pending}
            disabled={text.trim() === ''}
            onClick={() => choose({ text: text.trim() })}
          >
            <Trans>Save</Trans>
          </Button>
          <Button variant="link" onClick={() => setText(undefined)}>
            <Trans>Back to both texts</Trans>
          </Button>
        </div>
      </div>
    )
  }
  return (
    <>
      {failure ? <NotDone /> : null}
      <ConflictPanel
        mine={{ name: t`You`, text: side('mine') }}
        theirs={{ name: trouble.byWhom?.by.name ?? t`Someone else`, text: side('theirs') }}
        before={side('base')}
        pending={pending}
        onKeepMine={() => choose('mine')}
        onKeepTheirs={() => choose('theirs')}
        onWriteBoth={
          words && (() => setText(`${placeText(words.mine)}\n${placeText(words.theirs)}`))
        }
      />
    </>
  )
}

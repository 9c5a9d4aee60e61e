import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { chooseFor } from '#client/device/on-device.ts'
import { useWork } from '#client/writing/use-work.ts'
import { type Chosen, wordsOfBoth } from '#domain/waiting/onto.ts'
import { placeText } from '#domain/waiting/place-text.ts'
import type { Trouble, WaitingSave } from '#domain/waiting/waiting.ts'
import { Button } from '#ui/button.tsx'
import { ConflictPanel } from '#ui/conflict-panel.tsx'
import { TextArea } from '#ui/text-area.tsx'
import { useSayDay } from '#ui/use-say-day.ts'
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
          label={t`One text from both`}
          {...(trouble.places.length > 1 ? { hint: t`All the rest stands as you had it.` } : {})}
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
        theirs={{ name: trouble.byWhom?.by.name ?? t`Somebody else`, text: side('theirs') }}
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

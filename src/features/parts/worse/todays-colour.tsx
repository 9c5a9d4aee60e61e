import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { saveColour } from '#client/queries/worse/save-colour.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { type WhatIfLevel, whatIfLevels } from '#domain/plan/plan.ts'
import { type ColourNow, colourHours } from '#domain/plan/worse/day-colour.ts'
import { RelativeTime } from '#features/parts/relative-time.tsx'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { LevelMark } from '#ui/house/level-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'
import { ColourWords, colourLabels } from './colour-words.tsx'
import { PlanNow } from './plan-now.tsx'
import { useColour } from './use-colour.ts'

type Props = Readonly<{
  house: HouseRecord
  mayWrite: boolean
  /** who reads: decides how the question is put */
  reader: 'staff' | 'person' | 'carer'
}>

/**
 * How today is, by somebody’s own word, and what the plan says to do now. It is never worked out: a reading outside its
 * limits only asks.
 */
export function TodaysColour(props: Props) {
  const { house, mayWrite, reader } = props
  const colour = useColour(house)
  const [open, setOpen] = useState(false)
  const Heading = reader === 'staff' ? 'h2' : 'h3'
  if (house.died) return null
  return (
    <section className="worse-today" id="today" aria-labelledby="today-colour-title">
      <Heading id="today-colour-title">
        <Question {...props} />
      </Heading>
      <SaidToday colour={colour} />
      <PlanForToday house={house} colour={colour} />
      {mayWrite && open ? <ColourForm {...props} onDone={() => setOpen(false)} /> : null}
      {mayWrite && !open ? (
        <Button variant="outline" onClick={() => setOpen(true)}>
          {colour?.isCurrent ? <Trans>Say something else</Trans> : <Trans>Say how today is</Trans>}
        </Button>
      ) : null}
    </section>
  )
}

function Question({ reader, house: { givenName } }: Props) {
  if (reader === 'person') return <Trans>How are you today?</Trans>
  return <Trans>How is {givenName} today?</Trans>
}

function PlanForToday({ house, colour }: { house: HouseRecord; colour: ColourNow | undefined }) {
  if (!colour?.isCurrent || colour.said.colour === 'green') return null
  const { whatIf, hours } = house
  return (
    <PlanNow level={colour.said.colour} {...given('whatIf', whatIf)} {...given('hours', hours)} />
  )
}

function SaidToday({ colour }: { colour: ColourNow | undefined }) {
  const isShown = colour?.isCurrent
  return (
    <>
      <p className="worse-today__word">
        {isShown ? <LevelMark level={colour.said.colour} size={20} /> : null}{' '}
        <ColourWords colour={colour} />
      </p>
      {isShown && colour.said.words ? (
        <SaidQuote isPersons={colour.said.by.voice === 'person'}>{colour.said.words}</SaidQuote>
      ) : null}
      {isShown ? (
        <p className="worse-said">
          <Trans>
            This counts until <RelativeTime at={colour.until} />. Then it goes back to “not said”.
          </Trans>
        </p>
      ) : null}
    </>
  )
}

type Typed = Readonly<{ colour: WhatIfLevel | ''; words: string }>
const empty: Typed = { colour: '', words: '' }

function ColourForm({ house, reader, onDone }: Props & { onDone: () => void }) {
  const { t, i18n } = useLingui()
  const [typed, setTyped, clear] = useDraft<Typed>(`colour:${house.person}`, empty)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const { colour, words } = typed
  const save = async () => {
    setTried(true)
    if (colour === '') return
    const said = { person: house.person, colour, words: words.trim() }
    if (!(await saving.run(() => saveColour(said, house.colours)))) return
    clear()
    onDone()
  }
  const signOf = (level: WhatIfLevel) => house.whatIf?.[level].sign
  return (
    <div className="worse-form">
      <Radios
        legend={reader === 'person' ? t`Today is` : t`Today is, as you see it`}
        hint={t`It counts for ${colourHours} hours. Then it goes back to “not said”.`}
        name="todays-colour"
        value={colour}
        onChange={(value) =>
          setTyped({ ...typed, colour: whatIfLevels.find((each) => each === value) ?? '' })
        }
        error={tried && colour === '' ? t`Choose green, amber or red` : undefined}
        options={whatIfLevels.map((level) => ({
          value: level,
          label: (
            <>
              <LevelMark level={level} size={18} /> {i18n._(colourLabels[level])}
            </>
          ),
          hint: signOf(level),
        }))}
      />
      <TextArea
        label={t`What you see or feel (optional)`}
        rows={2}
        value={words}
        onChange={(said) => setTyped({ ...typed, words: said })}
      />
      <SaveOrCancel
        saving={saving}
        onSave={() => void save()}
        onCancel={() => {
          clear()
          onDone()
        }}
      />
    </div>
  )
}

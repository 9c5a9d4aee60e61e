import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { voicesQuery } from '#client/queries/insight/voices.ts'
import type { ShownVoice } from '#domain/voice/voices.ts'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { Quote } from '#ui/text/quote.tsx'
import { VoiceChangeForm } from './voice-change-form.tsx'

/** What people said after a conversation, with their leave and without their names, and what was changed because of it. */
export function WhatPeopleToldUs() {
  const { data } = useSuspenseQuery(voicesQuery)
  return (
    <section aria-labelledby="outcomes-voices">
      <h2 id="outcomes-voices">
        <Trans>What people told us</Trans>
      </h2>
      {data.voices.length === 0 ? (
        <p>
          <Trans>
            Nobody has let us show their words yet. After a conversation people can write what was
            good and what should change, and choose who reads it.
          </Trans>
        </p>
      ) : (
        <>
          <p className="outcomes__small">
            <Trans>
              Each of them lets us show these words and can stop it at any time. Words are not
              translated. We say age, sex and month only where at least five such people answered.
            </Trans>
          </p>
          <ul className="outcomes__card outcomes__voices">
            {data.voices.map((voice) => (
              <li key={voice.id}>
                <Told voice={voice} mayWrite={data.mayWrite} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

type ToldProps = Readonly<{ voice: ShownVoice; mayWrite: boolean }>

function Told({ voice, mayWrite }: ToldProps) {
  const own = voice.changes.find(({ mayChange }) => mayChange)
  const [isWriting, setWriting] = useState(false)
  return (
    <>
      <Quote size="row">{voice.words}</Quote>
      <p className="outcomes__small">
        <WhoSaid who={voice.who} />
        <WrittenIn language={voice.language} />
      </p>
      {voice.changes.length > 0 ? (
        <h3>
          <Trans>What we changed because of it</Trans>
        </h3>
      ) : null}
      {voice.changes.map((change) => (
        <Changed key={change.id} change={change} />
      ))}
      {mayWrite && isWriting ? (
        <VoiceChangeForm voice={voice.id} change={own} onDone={() => setWriting(false)} />
      ) : null}
      {mayWrite && !isWriting ? (
        <Button variant="link" onClick={() => setWriting(true)}>
          {own ? (
            <Trans>Change what we wrote</Trans>
          ) : (
            <Trans>Write what we changed because of it</Trans>
          )}
        </Button>
      ) : null}
    </>
  )
}

function Changed({ change }: Readonly<{ change: ShownVoice['changes'][number] }>) {
  const { words, by, organisationName, on, earlier } = change
  return (
    <>
      <p>
        <bdi>{words}</bdi>
      </p>
      <p className="outcomes__small">
        {by}
        {', '}
        {organisationName}
        {', '}
        <DateText date={on} />
      </p>
      {earlier.length > 0 ? (
        <details>
          <summary>
            <Trans>What stood here before</Trans>
          </summary>
          <ul>
            {earlier.map((each, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: what stood before never changes its place
              <li key={at}>
                <bdi>{each.words}</bdi> ({each.by}, <DateText date={each.on} />)
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  )
}

const bands = [10, 20, 30, 40, 50, 60, 70, 80, 90] as const
const bandLabels: Readonly<
  Record<'female' | 'male', Readonly<Record<(typeof bands)[number], MessageDescriptor>>>
> = {
  female: {
    10: msg`A woman under twenty`,
    20: msg`A woman in her twenties`,
    30: msg`A woman in her thirties`,
    40: msg`A woman in her forties`,
    50: msg`A woman in her fifties`,
    60: msg`A woman in her sixties`,
    70: msg`A woman in her seventies`,
    80: msg`A woman in her eighties`,
    90: msg`A woman of ninety or older`,
  },
  male: {
    10: msg`A man under twenty`,
    20: msg`A man in his twenties`,
    30: msg`A man in his thirties`,
    40: msg`A man in his forties`,
    50: msg`A man in his fifties`,
    60: msg`A man in his sixties`,
    70: msg`A man in his seventies`,
    80: msg`A man in his eighties`,
    90: msg`A man of ninety or older`,
  },
}

function WhoSaid({ who }: Readonly<{ who: ShownVoice['who'] | undefined }>) {
  const { i18n } = useLingui()
  const band = bands.find((each) => each === who?.band)
  if (!who || !band) return <Trans>Somebody who is cared for here</Trans>
  return (
    <>
      {i18n._(bandLabels[who.sex][band])}
      {', '}
      <DateText date={who.month} />
    </>
  )
}

function WrittenIn({ language }: Readonly<{ language: string | undefined }>) {
  if (language === 'cy') return <Trans>, in Welsh</Trans>
  if (language === 'pl') return <Trans>, in Polish</Trans>
  if (language === 'ur') return <Trans>, in Urdu</Trans>
  return null
}

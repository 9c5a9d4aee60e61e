import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { referralsQuery } from '#client/queries/coordination/referrals.ts'
import type { Referral } from '#domain/referral/referral.ts'
import { DayText } from '#features/patient-portal/day-text.tsx'
import { OwnText } from '#ui/text/own-text.tsx'

/** Whom the team asked to help, and what came of it, in plain words. */
export function MyReferrals({ person }: Readonly<{ person: string }>) {
  const { data: referrals = [] } = useQuery(referralsQuery(person))
  // asking for somebody who coordinates has its own place
  const shown = referrals.filter(({ forCase }) => !forCase)
  if (shown.length === 0) return null
  return (
    <section aria-labelledby="asked-title">
      <h2 id="asked-title">
        <Trans>Who was asked to help</Trans>
      </h2>
      <ul className="my-list">
        {shown.map((referral) => (
          <li key={referral.id} className="my-card">
            <b lang="en" dir="auto">
              {referral.what}
            </b>
            <p>
              <WhatCame referral={referral} />
            </p>
            <WordsOf referral={referral} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function WhatCame({ referral: { state, to, from } }: Readonly<{ referral: Referral }>) {
  const name = <bdi>{to?.name}</bdi>
  switch (state) {
    case 'sent':
      return <Trans>{name} was asked. There is no answer yet.</Trans>
    case 'received':
      return <Trans>{name} has the letter, and will answer.</Trans>
    case 'accepted':
      return <Trans>{name} said yes.</Trans>
    case 'waiting':
      return <Trans>{name} will help. There is a wait.</Trans>
    case 'seen':
      return <Trans>{name} has begun to help.</Trans>
    case 'closed':
      return <Trans>{name} has finished.</Trans>
    case 'signposted':
      return <Trans>{name} says who can help instead.</Trans>
    case 'refused':
      return (
        <Trans>
          {name} cannot help. Ask {from?.name} what happens now.
        </Trans>
      )
    case 'returned':
      return (
        <Trans>
          {name} needs to know more first. Ask {from?.name} about it.
        </Trans>
      )
    case 'withdrawn':
      return <Trans>{name} is not asked any more.</Trans>
  }
}

/** What they said, as they said it, and what the team heard. */
function WordsOf({ referral: { reason, outcome, heard } }: Readonly<{ referral: Referral }>) {
  const said = outcome ?? reason
  const last = heard.at(-1)
  return (
    <>
      {said ? <OwnText>{said}</OwnText> : null}
      {last && !said ? (
        <>
          <p>
            <Trans>
              {last.by.name} heard this on <DayText at={last.at} />:
            </Trans>
          </p>
          <OwnText>{last.words}</OwnText>
        </>
      ) : null}
    </>
  )
}

import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { whoCoversQuery } from '#client/queries/cover/who-covers.ts'
import { firstNumberIn } from '#domain/contact/numbers-in.ts'
import { DateText } from '#ui/text/date-text.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'
import type { MyHouse } from './use-my-house.ts'

/** Names and numbers: the coordinator, then what the plan says for when things get worse, then 111 and 999. */
export function MyWhoToCall({ mine }: { mine: MyHouse }) {
  const { house, isCarer } = mine
  const coordinator = house.caseOfPlan?.coordinator
  const member = house.team.find((each) => each.who.reference === coordinator?.reference)
  const { data } = useQuery(whoCoversQuery(house.person))
  const away = data?.away
  const amber = firstNumberIn(house.whatIf?.amber.ring ?? '')
  const phone = member?.phone || amber
  return (
    <section aria-labelledby="ring-title">
      <h2 id="ring-title">
        <Trans>Who to call</Trans>
      </h2>
      {data?.changed ? (
        <p className="my-small">
          <Trans>
            {data.changed.name} has coordinated the care since{' '}
            <DateText date={data.changed.since} />. Before that: {data.changed.before}.
          </Trans>
        </p>
      ) : null}
      <ul className="my-rows">
        <HomeLines mine={mine} />
        {away ? (
          <RingLine
            name={
              <Trans>
                {away.name} is away until <DateText date={away.until} />. Ask {away.cover}.
              </Trans>
            }
            when={<Trans>Daytime, Monday to Friday</Trans>}
            phone={away.phone}
          />
        ) : null}
        {coordinator && phone && !away ? (
          <RingLine
            name={coordinator.name}
            when={<Trans>Daytime, Monday to Friday</Trans>}
            phone={phone}
          />
        ) : null}
        <RingLine
          name={<Trans>Nights and weekends</Trans>}
          when={
            isCarer ? (
              <Trans>If {house.givenName} feels worse</Trans>
            ) : (
              <Trans>If you feel worse</Trans>
            )
          }
          phone="111"
        />
        <RingLine
          name={<Trans>Emergency</Trans>}
          when={house.whatIf?.red.sign || <VeryBad mine={mine} />}
          phone="999"
        />
      </ul>
    </section>
  )
}

/** Who lives in a care home calls there first. */
function HomeLines({ mine: { house } }: { mine: MyHouse }) {
  const { home } = house
  if (!home) return null
  return (
    <>
      {home.phone ? (
        <RingLine name={home.name} when={<Trans>The care home, by day</Trans>} phone={home.phone} />
      ) : null}
      {home.nightPhone ? (
        <RingLine
          name={home.name}
          when={<Trans>The care home, at night</Trans>}
          phone={home.nightPhone}
        />
      ) : null}
    </>
  )
}

function VeryBad({ mine: { house, isCarer } }: { mine: MyHouse }) {
  if (isCarer) return <Trans>If {house.givenName} cannot breathe or feels very unwell</Trans>
  return <Trans>If you cannot breathe or feel very unwell</Trans>
}

function RingLine(props: { name: React.ReactNode; when: React.ReactNode; phone: string }) {
  return (
    <li className="my-ring">
      <b>{props.name}</b>
      {props.phone ? <PhoneLink className="my-phone" number={props.phone} /> : null}
      <p className="my-small">{props.when}</p>
    </li>
  )
}

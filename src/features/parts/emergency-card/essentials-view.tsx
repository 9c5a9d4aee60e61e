import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { clockZone, now } from '#client/clock.ts'
import { isDaytime, numberNow } from '#domain/plan/worse/call-hours.ts'
import type { Essentials } from '#domain/plan/worse/essentials.ts'
import { PhoneText } from '#features/parts/worse/phone-text.tsx'
import { wishDocumentLabels, wishLabels } from '#features/parts/worse/wish-labels.ts'
import { LevelMark } from '#ui/house/level-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'

type Props = Readonly<{ essentials: Essentials }>

/** What to know first: allergies, medicines, the red plan, who to call, how to talk, advance wishes. */
export function EssentialsView({ essentials }: Props) {
  const { communication } = essentials
  return (
    <div className="worse-essentials">
      <Part title={<Trans>Allergies</Trans>} isDanger={essentials.allergies.list.length > 0}>
        <AllergyWords essentials={essentials} />
      </Part>
      <Part title={<Trans>Medicines</Trans>}>
        <Lines lines={essentials.medicines} />
      </Part>
      <Part
        title={
          <>
            <LevelMark level="red" size={18} /> <Trans>If it is very bad: the red plan</Trans>
          </>
        }
      >
        <RedPlan essentials={essentials} />
      </Part>
      <Part title={<Trans>Who to call</Trans>}>
        <NextOfKin essentials={essentials} />
      </Part>
      <Part title={<Trans>How to talk with them</Trans>}>
        <p>{communication || <NotRecorded />}</p>
      </Part>
      <Part title={<Trans>Advance wishes</Trans>}>
        <WishLines essentials={essentials} />
      </Part>
    </div>
  )
}

const NotRecorded = () => <Trans>Nothing is recorded, or you may not see it.</Trans>

function Part(props: { title: ReactNode; children: ReactNode; isDanger?: boolean }) {
  return (
    <section className={`worse-part ${props.isDanger ? 'is-danger' : ''}`}>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  )
}

function Lines({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0)
    return (
      <p>
        <NotRecorded />
      </p>
    )
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

function AllergyWords({ essentials: { allergies } }: Props) {
  if (allergies.known && allergies.list.length === 0)
    return (
      <p>
        <Trans>No known allergies</Trans>
      </p>
    )
  return <Lines lines={allergies.list} />
}

function RedPlan({ essentials: { red } }: Props) {
  if (!red)
    return (
      <p>
        <NotRecorded />
      </p>
    )
  const number = numberNow(red, isDaytime(now(), clockZone()))
  return (
    <>
      <p>{red.sign}</p>
      <p>
        <strong>
          <PhoneText text={red.doWhat} />
        </strong>
      </p>
      {number && !red.doWhat.includes(number) ? (
        <p>
          <Trans>
            Call <PhoneLink number={number} />
          </Trans>
        </p>
      ) : null}
    </>
  )
}

function NextOfKin({ essentials: { nextOfKin } }: Props) {
  if (nextOfKin.length === 0)
    return (
      <p>
        <NotRecorded />
      </p>
    )
  return (
    <ul>
      {nextOfKin.map(({ name, relation, phone }) => (
        <li key={name + phone}>
          <strong>{name}</strong> {relation ? <span>({relation}) </span> : null}
          <PhoneLink number={phone} />
        </li>
      ))}
    </ul>
  )
}

function WishLines({ essentials: { wishes, documents } }: Props) {
  const { i18n } = useLingui()
  if (wishes.length + documents.length === 0)
    return (
      <p>
        <NotRecorded />
      </p>
    )
  return (
    <dl>
      {wishes.map(({ part, words }) => (
        <div key={part}>
          <dt>{i18n._(wishLabels[part])}</dt>
          <dd>{words}</dd>
        </div>
      ))}
      {documents.map((each) => (
        <div key={each.sort + each.signedOn + each.keptAt}>
          <dt>{i18n._(wishDocumentLabels[each.sort])}</dt>
          <dd>
            {each.decider}{' '}
            {each.signedOn ? (
              <Trans>
                Signed on <DateText date={each.signedOn} />.
              </Trans>
            ) : null}{' '}
            {each.keptAt ? <Trans>Kept: {each.keptAt}.</Trans> : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}

import { Trans, useLingui } from '@lingui/react/macro'
import { clockToday, dayHere } from '#client/clock.ts'
import { ageOn } from '#domain/calendar/age.ts'
import { dayWritten } from '#domain/calendar/days.ts'
import type { Allergies, Person } from '#domain/person/person.ts'
import { AllergyWords } from '#features/parts/record/allergy-words.tsx'
import { NhsNumber } from '#features/parts/record/nhs-number.tsx'
import { PersonName } from '#ui/text/person-name.tsx'

/** The NHS pattern of a person banner: the same facts, in the same order, on every page. */
export function PersonBanner({ person, allergies }: { person: Person; allergies: Allergies }) {
  const { t } = useLingui()
  return (
    <section className="gable-banner" aria-label={t`Person`}>
      <div className="gable-banner__inner">
        <p className="gable-banner__name">
          {person.family || person.given ? (
            <PersonName family={person.family} given={person.given} title={person.title} />
          ) : (
            <Trans>No name recorded</Trans>
          )}
        </p>
        <dl>
          <div>
            <dt>
              <Trans>Born</Trans>
            </dt>{' '}
            <dd>
              <Born person={person} />
            </dd>
          </div>
          <div>
            <dt>
              <Trans>NHS No.</Trans>
            </dt>{' '}
            <dd>
              <NhsNumber value={person.nhsNumber} />
            </dd>
          </div>
          <div>
            <dt>
              <Trans>Allergies</Trans>
            </dt>{' '}
            <dd>
              <AllergyWords allergies={allergies} />
            </dd>
          </div>
          {person.communication ? (
            <div>
              <dt>
                <Trans>Communication</Trans>
              </dt>{' '}
              <dd>{person.communication}</dd>
            </div>
          ) : null}
        </dl>
      </div>
    </section>
  )
}

function Born({ person }: { person: Person }) {
  const { i18n } = useLingui()
  if (!person.birthDate)
    return (
      <>
        <Trans>Birth date not known</Trans> {person.died ? <Died died={person.died} /> : null}
      </>
    )
  const born = bannerDate(person.birthDate, (date) => i18n.date(date, { month: 'short' }))
  return (
    <>
      <bdi>{born}</bdi> <AgeWords birthDate={person.birthDate} died={person.died} />
    </>
  )
}

function Died({ died }: { died: string | true }) {
  const { i18n } = useLingui()
  if (died === true) return <Trans>Died, date not known</Trans>
  const day = bannerDate(dayHere(died), (date) => i18n.date(date, { month: 'short' }))
  return (
    <>
      <Trans>Died</Trans> <bdi>{day}</bdi>
    </>
  )
}

/** The age today, or at death when its day is known. A birth year alone gives an age that may be one too high, and says so. */
function AgeWords({ birthDate, died }: { birthDate: string; died: Person['died'] }) {
  if (died === true) return <Died died />
  const age = ageOn(birthDate, died ? dayHere(died) : clockToday())
  if (died) {
    return (
      <>
        <Died died={died} /> (<Trans>aged {age}</Trans>)
      </>
    )
  }
  return birthDate.length < 10 ? <Trans>(about {age}y)</Trans> : <Trans>({age}y)</Trans>
}

/** `04-Jan-1934`; a month or a year alone stays as vague as it is. */
function bannerDate(date: string, monthOf: (date: Date) => string): string {
  const [year = '', month, day] = dayWritten(date).split('-')
  if (!month) return year
  const name = monthOf(new Date(Number(year), Number(month) - 1, 15))
  return [day, name, year].filter(Boolean).join('-')
}
